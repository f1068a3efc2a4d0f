package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers to those who try its doors: written to its port byte by byte where a client would be too polite. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsIT {
    private static final Map<String, String> ADMIN = Map.of("Authorization", "Bearer " + RunningServer.ADMIN);
    private static final String ALERT = "{\"title\": \"Odd\", \"service\": \"mail\"}";

    private Path folder;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        Files.createDirectory(
                shared.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.createDirectory(shared.resolve("books"));
        Files.writeString(shared.resolve("books/quick.yaml"), """
                runbook: quick
                title: Something is odd
                symptom: it is odd
                hypotheses: {anything: {claim: Anything}}
                steps:
                  look:
                    host_command: {run: ['true']}
                    findings: {fine: {when: exit_code == 0, supports: {anything: weak}}}
                """);
        server = new RunningServer(shared, """
                receivers:
                  am: {kind: generic, auth: {bearer: 'env:AM'}}
                  pd: {kind: pagerduty, auth: {signature: 'env:PD'}}
                  broken: {kind: generic, auth: {bearer: 'env:NOT_THERE'}}
                  open: {kind: generic, auth: none}
                incidents: {default_runbook: quick, storm_runbook: quick}
                runbooks: [books]
                """, Map.of("AM", "am's token", "PD", "pd's secret"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** All that comes back on a connection that is closed after it. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + headers + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static String get(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @Test
    void everyAnswerHasTheHeadersThatProtectAndTellsNothingOfWhatIsBehindIt() throws Exception {
        String admin = "Authorization: Bearer " + RunningServer.ADMIN + "\r\n";
        Map<String, Integer> requests = Map.ofEntries(
                Map.entry(get("GET", "/actuator/health", ""), 200),
                Map.entry(get("GET", "/api/runbooks", admin), 200),
                Map.entry(get("GET", "/api/runbooks", ""), 401),
                Map.entry(get("HEAD", "/api/runbooks", ""), 401),
                Map.entry(get("GET", "/nothing/here", admin), 404),
                Map.entry(get("PUT", "/api/runbooks", admin + "Content-Length: 0\r\n"), 405),
                Map.entry(post("/webhooks/open", "", ALERT), 202),
                Map.entry(post("/webhooks/nobody", "", ALERT), 404),
                Map.entry(post("/webhooks/am", "", ALERT), 401),
                Map.entry(post("/webhooks/open", "", "no json"), 400),
                Map.entry(post("/webhooks/broken", admin, ALERT), 500),
                Map.entry(post("/api/investigations", admin, "no json"), 400),
                Map.entry(get("GET", "/api/..;/actuator", ""), 400),
                Map.entry(get("GET", "/api%2frunbooks", ""), 400));
        for (Map.Entry<String, Integer> request : requests.entrySet()) {
            String answer = raw(request.getKey());
            String head = answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
            assertThat(status(answer)).as(request.getKey() + answer).isEqualTo(request.getValue());
            assertThat(head)
                    .as(request.getKey())
                    .contains("content-security-policy: default-src 'self'", "frame-ancestors 'none'")
                    .contains("x-content-type-options: nosniff")
                    .contains("referrer-policy: no-referrer")
                    .contains("x-frame-options: deny")
                    .contains("cache-control: no-store")
                    .doesNotContain("\nserver:", "x-powered-by", "access-control-", "set-cookie", "unsafe-inline");
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .doesNotContain("tomcat", "springframework", "java.", "sqlite", "not_there");
        }
    }

    @Test
    void anotherSitesPageMayNotRead() throws Exception {
        String preflight = raw(get(
                "OPTIONS", "/api/tokens", "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n"));
        assertThat(status(preflight)).isIn(401, 403);
        assertThat(preflight.toLowerCase(Locale.ROOT)).doesNotContain("access-control-allow");
    }

    @Test
    void whatIsNotHttpAsItShouldBeIsRefused() throws Exception {
        assertThat(status(raw("GET /api/\u0001 HTTP/1.1\r\nHost: x\r\n\r\n"))).isEqualTo(400);
        assertThat(status(raw(get("GET", "/api/runbooks", "X-Long: " + "x".repeat(40_000) + "\r\n"))))
                .isIn(400, 431);
        assertThat(status(raw(get("GET", "/api/runbooks", "X-Folded: a\r\n b: c\r\n"))))
                .isIn(400, 401);
        assertThat(status(raw(get("TRACE", "/api/runbooks", "Authorization: Bearer " + RunningServer.ADMIN + "\r\n"))))
                .isEqualTo(405);
        assertThat(
                        status(
                                raw(
                                        "POST /webhooks/open HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")))
                .isEqualTo(400);
    }

    @Test
    void noHeaderChangesTheMethodOrWhereARequestComesFrom() throws Exception {
        String viewer = server.post("/api/tokens", "{\"name\": \"v\", \"role\": \"viewer\"}", ADMIN)
                .json()
                .path("token")
                .asString();
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(server.send(
                                    "GET",
                                    "/api/tokens/x",
                                    "",
                                    Map.of("Authorization", "Bearer " + viewer, header, "DELETE"))
                            .status())
                    .isIn(403, 405);
        }
        for (String header : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Uri")) {
            assertThat(server.send(
                                    "GET",
                                    "/api/tokens",
                                    "",
                                    Map.of("Authorization", "Bearer " + viewer, header, "/actuator/health"))
                            .status())
                    .isEqualTo(403);
        }
        server.send(
                "POST",
                "/api/tokens",
                "{\"name\": \"w\", \"role\": \"viewer\"}",
                Map.of(
                        "Authorization",
                        "Bearer " + RunningServer.ADMIN,
                        "X-Forwarded-For",
                        "203.0.113.9",
                        "Forwarded",
                        "for=203.0.113.9"));
        String audit = server.get("/api/audit", RunningServer.ADMIN).body();
        assertThat(audit).contains("POST /api/tokens from 127.0.0.1").doesNotContain("203.0.113.9");
    }

    @Test
    void aTokenIsKeptAsItsHashAndShownOnce() throws Exception {
        RunningServer.Answer made = server.post("/api/tokens", "{\"name\": \"t\", \"role\": \"author\"}", ADMIN);
        String token = made.json().path("token").asString();
        assertThat(server.get("/api/runbooks", token).status()).isEqualTo(200);
        assertThat(server.get("/api/tokens", RunningServer.ADMIN).body())
                .contains(made.json().path("id").asString())
                .doesNotContain(token);
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token);
            }
        }
        server.send("DELETE", "/api/tokens/" + made.json().path("id").asString(), "", ADMIN);
        assertThat(server.get("/api/runbooks", token).status()).isEqualTo(401);
    }

    @Test
    void itsFilesAreItsOwnersAloneEvenWhereTheFolderIsNot() throws Exception {
        server.post("/webhooks/open", ALERT, Map.of());
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            List<Path> databases = files.filter(
                            file -> file.getFileName().toString().startsWith("journal.db"))
                    .filter(file -> !file.getFileName().toString().endsWith(".lock"))
                    .toList();
            assertThat(databases)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aSecretThatComesTwiceIsNone() throws Exception {
        String once = "Authorization: Bearer am's token\r\n";
        assertThat(status(raw(post("/webhooks/am", once, ALERT)))).isEqualTo(202);
        assertThat(status(raw(post("/webhooks/am", once + "Authorization: Bearer x\r\n", ALERT))))
                .isEqualTo(401);
        assertThat(status(raw(post("/webhooks/am", "Authorization: Bearer x\r\n" + once, ALERT))))
                .isEqualTo(401);
    }

    @Test
    void aCompressedBodyIsNotBlownUp() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[50_000_000]);
        }
        String body = zipped.toString(StandardCharsets.ISO_8859_1);
        String request =
                "POST /webhooks/open HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + zipped.size() + "\r\n\r\n" + body;
        assertThat(status(raw(request))).isEqualTo(400);
    }

    @Test
    void aBodyOfAnyCharsetIsReadAsUtf8OrNotAtAll() throws Exception {
        String utf16 = new String(ALERT.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        String request =
                "POST /webhooks/am HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json; charset=utf-7\r\n"
                        + "Content-Length: " + utf16.length() + "\r\n\r\n" + utf16;
        assertThat(status(raw(request)))
                .as("nothing is read before the sender is known")
                .isEqualTo(401);
        assertThat(status(raw(post("/webhooks/pd", "X-PagerDuty-Signature: v1=" + "é".repeat(64) + "\r\n", ALERT))))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/open", "/api/investigations"})
    void aBodyWithoutEndIsCutOff(String path) throws Exception {
        assertThat(server.send("POST", path, "x".repeat(1_000_001), ADMIN).status())
                .isEqualTo(413);
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < 70; i++) {
            chunks.append("4000\r\n").append("x".repeat(0x4000)).append("\r\n");
        }
        String answer = raw("POST " + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + RunningServer.ADMIN + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
        assertThat(status(answer)).isEqualTo(413);
    }

    @Test
    void jsonThatIsMeantToHurtIsRefusedOrReadWithoutHarm() throws Exception {
        String labels = Stream.iterate(0, i -> i + 1)
                .limit(20_000)
                .map(i -> "\"l" + i + "\": \"v\"")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        List<String> bodies = List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000),
                "{\"title\": \"a\", \"n\": 1e999999999}",
                "{\"title\": \"a\", \"n\": " + "9".repeat(500_000) + "}",
                "{\"title\": \"a\", \"title\": \"b\", \"service\": \"x\", \"service\": {}}",
                "{\"title\": \"a\", \"labels\": {" + labels + "}}",
                "{\"title\": \"" + "x".repeat(900_000) + "\"}",
                "{\"title\": \"\\u0000\\u001b[2J\\u2028\\ud800\"}",
                "null",
                "");
        for (String body : bodies) {
            String shown = body.substring(0, Math.min(40, body.length()));
            assertThat(server.post("/webhooks/open", body, Map.of()).status())
                    .as(shown)
                    .isIn(202, 400, 413);
            assertThat(server.post("/api/investigations", body, ADMIN).status())
                    .as(shown)
                    .isIn(400, 413);
        }
    }
}
