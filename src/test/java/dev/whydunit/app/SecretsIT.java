package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whydunit.app.Program.Ran;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.testing.RandomSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random secrets, configured wherever the configuration takes one, and shaped as keys and passwords are, come back in everything that the steps
 * of every kind see, and in every way in which they fail. Nothing that is printed, stored, recorded or backed up holds one.
 * {@code -Dwhydunit.secrets=50} tries more, {@code -Dwhydunit.secrets.seed=N} the ones of a failure again.
 */
class SecretsIT {
    private static final JsonMapper JSON = new JsonMapper();
    /** Steps whose place in the summary must hold a mask, or the secret never got that far. */
    private static final Set<String> LEAKING = Set.of(
            "out",
            "err",
            "cannot_look",
            "missing",
            "unparsed",
            "traced",
            "given",
            "logs",
            "es",
            "labels",
            "prom_error",
            "answer",
            "error_page",
            "redirect",
            "refused",
            "denied",
            "rows",
            "bad_sql",
            "bad_value",
            "changes",
            "no_capture",
            "no_interface");

    @TempDir
    Path folder;

    private HttpServer server;
    private volatile String said = "";
    private volatile String first = "";
    private volatile List<String> entries = List.of();

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    static LongStream seeds() {
        long one = Long.getLong("whydunit.secrets.seed", System.nanoTime());
        return LongStream.range(one, one + Integer.getInteger("whydunit.secrets", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noSecretIsPrintedStoredRecordedOrBackedUp(long seed) throws Exception {
        RandomSecrets random = new RandomSecrets(seed);
        Map<String, String> configured = new LinkedHashMap<>();
        List.of("PROM", "ES", "BEARER", "HMAC", "OLD", "TRACES", "WHYDUNIT_TOKEN", "DB")
                // A bearer token with blanks is refused.
                .forEach(name -> configured.put(name, random.next().replace(' ', '+')));
        List<RandomSecrets.Shaped> shaped = random.shaped();
        List<String> secrets = new ArrayList<>(configured.values());
        shaped.forEach(one -> secrets.add(one.secret()));
        prepare(configured, shaped);
        Program program = new Program(folder);
        configured.forEach(program::with);

        Ran run = program.run(
                "run",
                "leaky.yaml",
                "-i",
                "given=" + first,
                "--no-input",
                "-o",
                "json",
                "--record",
                "cases/leaky.yaml",
                "--parallel",
                "8");

        String told = "seed " + seed + ": ";
        assertThat(run.exit()).as(told + run.err()).isZero();
        Map<String, JsonNode> steps = new LinkedHashMap<>();
        JSON.readTree(run.out())
                .path("steps")
                .forEach(step -> steps.put(step.path("id").asString(), step));
        Set<String> masked = new TreeSet<>();
        steps.forEach((id, step) -> {
            if (step.toString().contains(SecretMask.MASK)) {
                masked.add(id);
            }
        });
        assertThat(masked)
                .as(told + "steps in whose place something was masked")
                .containsAll(LEAKING);
        Map<String, String> places = new LinkedHashMap<>();
        places.put("run", run.out() + run.err());
        for (String format : List.of("text", "json", "md", "html")) {
            places.put("export " + format, said(program, "investigation", "export", "latest", "-o", format));
        }
        for (String screen : List.of("tree", "evidence", "timeline", "hand-over", "next")) {
            places.put(screen, said(program, screen));
        }
        places.put("list", said(program, "investigation", "list", "-o", "json"));
        places.put("configuration", said(program, "config", "view", "--show-origin"));
        places.put("doctor", said(program, "doctor", "-o", "json"));
        said(program, "note", "the token is " + first);
        said(program, "state", "backup", folder.resolve("backup.zip").toString());
        places.put("backup", unzipped(folder.resolve("backup.zip")));
        places.put("case", Files.readString(folder.resolve("cases/leaky.yaml")));
        files(folder.resolve("state"), places);
        places.forEach((place, text) ->
                assertThat(RandomSecrets.around(text, secrets)).as(told + place).isEmpty());
    }

    private static String said(Program program, String... arguments) {
        Ran ran = program.run(arguments);
        return ran.out() + ran.err();
    }

    private static void files(Path root, Map<String, String> places) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    places.put("file " + root.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static String unzipped(Path file) throws IOException {
        StringBuilder all = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                all.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
                        .append('\n');
            }
        }
        assertThat(all.length()).isGreaterThan(1_000);
        return all.toString();
    }

    private void prepare(Map<String, String> configured, List<RandomSecrets.Shaped> shaped) throws Exception {
        first = configured.get("PROM");
        entries = Stream.concat(
                        configured.values().stream().flatMap(secret -> RandomSecrets.printed(secret).stream()),
                        shaped.stream().map(RandomSecrets.Shaped::line))
                .toList();
        said = String.join("\n", entries) + "\n";
        Files.writeString(folder.resolve("all.txt"), said);
        Files.writeString(folder.resolve("one.txt"), first);
        Files.writeString(folder.resolve("last.txt"), "the last words: " + first);
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(
                folder.resolve("logs/shop.json"),
                entries.stream()
                        .map(line -> JSON.writeValueAsString(
                                Map.of("@timestamp", Instant.now().toString(), "message", line, "log.level", "ERROR")))
                        .collect(Collectors.joining("\n", "", "\n")));
        String url = "jdbc:h2:file:" + folder.resolve("db") + ";MODE=PostgreSQL";
        try (Connection connection = DriverManager.getConnection(url, "sa", configured.get("DB"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table leak (said text)");
            try (PreparedStatement insert = connection.prepareStatement("insert into leak values (?)")) {
                for (String line : entries) {
                    insert.setString(1, line);
                    insert.executeUpdate();
                }
            }
        }
        try (Git git =
                Git.init().setDirectory(folder.resolve("repository").toFile()).call()) {
            for (String line : entries.stream().limit(12).toList()) {
                git.commit()
                        .setMessage(line)
                        .setAllowEmpty(true)
                        .setSign(false)
                        .setAuthor("a", "a@b")
                        .setCommitter("a", "a@b")
                        .call();
            }
        }
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        Files.writeString(folder.resolve("whydunit.yaml"), """
                sources:
                  files: {kind: files, paths: ['logs/*.json']}
                  es:    {kind: elasticsearch, url: '%1$s', index: 'logs', api_key: 'env:ES'}
                  prom:  {kind: prometheus, url: '%1$s', auth: {bearer: 'env:PROM'}}
                  db:    {kind: jdbc, url: '%2$s', user: sa, password: 'env:DB'}
                receivers:
                  am:    {kind: alertmanager, auth: {bearer: 'env:BEARER'}}
                  pd:    {kind: pagerduty, auth: {signature: ['env:HMAC', 'env:OLD']}}
                tracing: {endpoint: '%1$s/v1/traces', headers: {Authorization: 'env:TRACES'}}
                """.formatted(at, url));
        Files.writeString(folder.resolve("leaky.yaml"), runbook(at));
    }

    private static String runbook(String at) {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("out", "host_command: {run: [cat, all.txt]}");
        steps.put("err", "host_command: {script: 'cat all.txt >&2; exit 3'}");
        steps.put("cannot_look", "host_command: {script: 'cat last.txt >&2; exit 77'}");
        steps.put("missing", "host_command: {script: '\"$(cat one.txt)\"'}");
        steps.put("unparsed", "host_command: {script: 'cat last.txt >&2; echo {', parse: json}");
        steps.put("slow", "timeout: 1500ms\n    host_command: {script: 'cat last.txt; echo; sleep 5'}");
        steps.put("traced", "host_command: {script: 'V=$(cat one.txt); set -x; : \"$V\"'}");
        steps.put("given", "host_command: {run: [env], env: {V: '${{ inputs.given }}'}}");
        steps.put("logs", "log_query: {source: files, query: '*', fields: [message], limit: 100}");
        steps.put("es", "log_query: {source: es, query: '*'}");
        steps.put("labels", "metric_check: {source: prom, query: leak, over: 0s}");
        steps.put("prom_error", "metric_check: {source: prom, query: wrong, over: 0s}");
        steps.put("answer", "http_check: {url: '" + at + "/answer', headers: {X-Key: '${{ inputs.given }}'}}");
        steps.put("error_page", "http_check: {url: '" + at + "/error'}");
        steps.put("redirect", "http_check: {url: '" + at + "/redirect', follow_redirects: 2}");
        steps.put("refused", "http_check: {url: 'http://127.0.0.1:1/${{ inputs.given }}'}");
        steps.put("denied", "http_check: {url: 'http://169.254.169.254/${{ inputs.given }}'}");
        steps.put("rows", "sql_query: {query: 'select said from leak'}");
        steps.put("bad_sql", "sql_query: {query: 'select nothing, ${{ inputs.given }} from leak'}");
        steps.put("bad_value", "sql_query: {query: 'select cast(said as int) from leak'}");
        steps.put("changes", "change_query: {path: repository}");
        steps.put("question", "ask: {question: 'Is ${{ inputs.given }} right?'}");
        steps.put("no_capture", "packet_capture: {file: '${{ inputs.given }}'}");
        steps.put("no_interface", "packet_capture: {interface: '${{ inputs.given }}', duration: 200ms}");
        int[] turn = {0};
        return """
                runbook: leaky
                title: What leaks?
                symptom: ${{ inputs.given }} leaks
                inputs:
                  given: {type: string}
                hypotheses:
                  h0: {claim: '0'}
                  h1: {claim: '1'}
                  h2: {claim: '2'}
                  h3: {claim: '3'}
                  h4: {claim: '4'}
                  h5: {claim: '5'}
                steps:
                """
                + steps.entrySet().stream()
                        .map(step -> "  " + step.getKey() + ":\n    " + step.getValue()
                                + "\n    findings:\n      seen: {when: 'true', says: 'it was ${{ inputs.given }}', supports: {h"
                                + turn[0]++ % 6 + ": weak}}\n")
                        .collect(Collectors.joining());
    }

    /** Says what it was told, and more, in every way in which an answer says something. */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
        int status = 200;
        String body = said + exchange.getRequestHeaders().get("Authorization");
        if (path.startsWith("/api/v1/")) {
            boolean leaks = asked.contains("leak");
            status = leaks ? 200 : 400;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            body = JSON.writeValueAsString(
                    leaks
                            ? Map.of("status", "success", "data", Map.of("resultType", "vector", "result", series()))
                            : Map.of("status", "error", "errorType", "bad_data", "error", said));
        } else if (path.equals("/redirect")) {
            status = 302;
            String encoded = URLEncoder.encode(first, StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "/answer?q=" + encoded);
        } else if (path.startsWith("/logs")) {
            status = 400;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            body = JSON.writeValueAsString(
                    Map.of("status", 400, "error", Map.of("type", "illegal_argument_exception", "reason", said)));
        } else if (!path.equals("/answer")) {
            status = 500;
        }
        exchange.getResponseHeaders().set("X-Said", first);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private List<Object> series() {
        List<String> lines = entries;
        return IntStream.range(0, lines.size())
                .<Object>mapToObj(i -> Map.of(
                        "metric",
                        Map.of("__name__", "leak", "n", Integer.toString(i), "said", lines.get(i)),
                        "value",
                        List.of(1.0, "5")))
                .toList();
    }
}
