package dev.whydunit.source.elasticsearch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A real Elasticsearch server, unpacked by the build under target/elasticsearch. Started once for all tests of a version and ended with
 * the virtual machine. As root it runs as the user nobody, since it refuses to run as root.
 */
public final class ElasticsearchServer {
    private static final Path UNPACKED = Path.of("target/elasticsearch").toAbsolutePath();
    private static final String NOBODY = "65534";
    private static final Map<String, ElasticsearchServer> RUNNING = new ConcurrentHashMap<>();

    private final String version;
    private final int port;
    private final Process process;
    private final Path folder;

    private ElasticsearchServer(String version) throws IOException, InterruptedException {
        this.version = version;
        boolean root = System.getProperty("user.name").equals("root");
        Path home = home(version, root);
        this.folder = Files.createTempDirectory("whydunit-elasticsearch-");
        Path config = Files.createDirectory(folder.resolve("config"));
        for (String file : List.of("jvm.options", "log4j2.properties")) {
            Files.copy(home.resolve("config").resolve(file), config.resolve(file));
        }
        this.port = freePort();
        Files.writeString(config.resolve("elasticsearch.yml"), """
                network.host: 127.0.0.1
                http.port: %d
                transport.port: %d
                discovery.type: single-node
                xpack.security.enabled: false
                cluster.routing.allocation.disk.threshold_enabled: false
                path.data: %s
                path.logs: %s
                """.formatted(
                        port, freePort(), folder.resolve("data"), folder.resolve("logs")));
        Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        if (root) {
            run("chown", "-R", NOBODY + ":" + NOBODY, folder.toString());
            command.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
        }
        command.addAll(List.of("bash", home.resolve("bin/elasticsearch").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment()
                .putAll(Map.of(
                        "ES_JAVA_HOME", System.getProperty("java.home"),
                        "ES_PATH_CONF", config.toString(),
                        "ES_TMPDIR", folder.resolve("tmp").toString(),
                        "ES_JAVA_OPTS", "-Xms384m -Xmx384m -XX:TieredStopAtLevel=1",
                        "HOME", folder.toString()));
        this.process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** The server of a version's beginning, such as {@code 9.}; started when it is not running. */
    public static ElasticsearchServer of(String begin) {
        return RUNNING.computeIfAbsent(begin, ElasticsearchServer::start);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Sends a request and returns what is answered; anything but success is an error. */
    public String send(String method, String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                    .header("Content-Type", path.contains("_bulk") ? "application/x-ndjson" : "application/json")
                    .timeout(Duration.ofSeconds(30))
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300 || response.body().contains("\"errors\":true")) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
            return response.body();
        }
    }

    private static ElasticsearchServer start(String begin) {
        String version = versions().stream()
                .filter(name -> name.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No Elasticsearch " + begin + "x under " + UNPACKED
                        + ": run the build's phase pre-integration-test, which unpacks it (./verify does)."));
        try {
            ElasticsearchServer server = new ElasticsearchServer(version);
            server.awaitReady();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void awaitReady() {
        try {
            await("Elasticsearch " + version)
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(250))
                    .failFast(() -> !process.isAlive())
                    .ignoreExceptions()
                    .until(() -> send("GET", "/_cluster/health?wait_for_status=yellow&timeout=5s", "")
                            .contains("\"timed_out\":false"));
        } catch (RuntimeException failure) {
            String said = output();
            end();
            throw new IllegalStateException("Elasticsearch " + version + " did not start: " + said, failure);
        }
    }

    private String output() {
        try (Stream<String> lines = Files.lines(folder.resolve("output.log"))) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 30), all.size()));
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException failure) {
            System.err.println("left behind: " + folder + ": " + failure);
        }
    }

    private static List<String> versions() {
        if (!Files.isDirectory(UNPACKED)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(UNPACKED)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith("elasticsearch-"))
                    .map(name -> name.substring("elasticsearch-".length()))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the server is unpacked; a copy when the user nobody could not enter a folder above it. */
    private static Path home(String version, boolean root) throws IOException, InterruptedException {
        Path home = UNPACKED.resolve("elasticsearch-" + version);
        for (Path above = home; root && above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                Path copy = Files.createTempDirectory("whydunit-elasticsearch-home-");
                run("cp", "-r", home.toString(), copy.toString());
                run("chmod", "-R", "a+rX", copy.toString());
                return copy.resolve(home.getFileName());
            }
        }
        return home;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
