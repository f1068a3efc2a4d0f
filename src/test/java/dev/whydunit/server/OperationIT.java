package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.whydunit.testing.Identity;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server with everything of its operation: TLS by files, spans, masks; asked over the network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationIT {
    private static final String SECRET = "s3cr3t+with/quotes\"and=signs";
    private static final String RUNBOOK = """
            runbook: quick
            title: Something is odd
            symptom: ${{ inputs.service }} is odd
            triggers:
              - matchers: ['alertname="Odd"']
            inputs:
              service: {type: string, from: alert.labels.service}
            hypotheses:
              anything: {claim: Anything, remedy: Look.}
            steps:
              look:
                host_command: {run: [echo, fine]}
                findings:
                  fine: {when: 'stdout.contains("fine")', supports: {anything: strong}}
            """;

    private final List<byte[]> spans = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private Identity first;
    private HttpServer collector;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        first = Identity.named(folder, "localhost");
        put(first);
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            spans.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/quick.yaml"), RUNBOOK);
        server = new RunningServer(folder, """
                receivers:
                  open: {kind: generic, auth: none}
                  am: {kind: alertmanager, auth: {bearer: 'env:AM_TOKEN'}}
                runbooks: [books]
                tls: {certificate: server.crt, key: server.key}
                logging: {format: json}
                tracing: {endpoint: 'http://127.0.0.1:%d/v1/traces'}
                """.formatted(collector.getAddress().getPort()), Map.of("AM_TOKEN", SECRET));
    }

    @AfterAll
    void stop() {
        server.close();
        collector.stop(0);
    }

    private void put(Identity identity) throws Exception {
        Files.writeString(folder.resolve("server.key"), identity.keyPem());
        Files.writeString(folder.resolve("server.crt"), identity.certificatePem());
    }

    private HttpClient trusting(Identity identity) throws Exception {
        return HttpClient.newBuilder().sslContext(identity.trusted()).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
                .header("Authorization", "Bearer " + RunningServer.ADMIN)
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = trusting(identity())) {
            return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Identity current;

    private Identity identity() {
        return current == null ? first : current;
    }

    private String start() throws Exception {
        try (HttpClient client = trusting(identity())) {
            HttpResponse<String> answer = client.send(
                    request("/api/investigations")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"runbook\": \"quick\", \"inputs\": {\"service\": \"mail\"}}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        }
    }

    @Test
    void aNewCertificateIsShownWithoutARestart() throws Exception {
        Identity second = Identity.named(folder, "localhost");
        put(second);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (HttpClient client = trusting(second)) {
                return client.send(request("/actuator/health").build(), HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200;
            }
        });
        assertThatThrownBy(() -> {
                    try (HttpClient client = trusting(first)) {
                        client.send(request("/actuator/health").build(), HttpResponse.BodyHandlers.ofString());
                    }
                })
                .isInstanceOf(SSLHandshakeException.class);
        current = second;
    }

    @Test
    void onlyTls12And13AreSpoken() throws Exception {
        HttpResponse<String> answer = get("/actuator/health");
        assertThat(answer.sslSession().map(SSLSession::getProtocol).orElse("")).startsWith("TLSv1.");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    @Test
    void everyAnswerHasTheHeadersThatBrowsersHeed() throws Exception {
        for (String path : List.of("/actuator/health", "/api/alerts", "/nothing", "/api/investigations/x")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'self'")
                    .contains("object-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).as(path).contains("DENY");
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .as(path)
                    .isPresent();
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as(path)
                    .contains("no-store");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .as(path)
                    .isEmpty();
        }
    }

    private List<String> events(String id, String last) throws Exception {
        HttpRequest.Builder request = request("/api/investigations/" + id + "/events");
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        List<String> lines = new ArrayList<>();
        try (HttpClient client = trusting(identity())) {
            HttpResponse<java.io.InputStream> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            }
        }
        return lines;
    }

    @Test
    void anInvestigationIsToBeFollowedAndNothingIsMissedAfterACut() throws Exception {
        String id = start();
        List<String> all = events(id, "");
        List<String> ids = all.stream().filter(line -> line.startsWith("id: ")).toList();
        assertThat(ids).hasSizeGreaterThan(4).startsWith("id: 1", "id: 2").doesNotHaveDuplicates();
        assertThat(all).anyMatch(line -> line.startsWith("data: {\"type\":\"started\""));
        assertThat(all.get(all.size() - 3)).isEqualTo("event: end");
        List<String> rest = events(id, "3");
        assertThat(rest.stream().filter(line -> line.startsWith("id: ")).toList())
                .isEqualTo(ids.subList(3, ids.size()));
        assertThat(get("/api/investigations/none/events").statusCode()).isEqualTo(404);
    }

    @Test
    void theSpansOfAnInvestigationAreSentWithItsTrace() throws Exception {
        String id = start();
        events(id, "");
        byte[] trace = java.util.HexFormat.of().parseHex(TraceIds.ofInvestigation(id));
        String sought = new String(trace, StandardCharsets.ISO_8859_1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> spans.stream()
                        .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                        .anyMatch(body -> body.contains(sought) && body.contains("quick") && body.contains("look")));
    }

    @Test
    void theApiDescribesItself() throws Exception {
        HttpResponse<String> answer = get("/v3/api-docs");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"openapi\"")
                .contains("/api/investigations/{id}/events")
                .contains("/webhooks/{name}");
        try (HttpClient client = trusting(identity())) {
            assertThat(client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("https://localhost:" + server.port() + "/v3/api-docs"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void secretsInAlertsAreNotStored() throws Exception {
        String escaped = SECRET.replace("\"", "\\\"");
        try (HttpClient client = trusting(identity())) {
            HttpResponse<String> answer = client.send(
                    request("/webhooks/open")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"id\": \"%s\", \"title\": \"Odd\", \"service\": \"mail\", \"description\": \"curl -H 'Authorization: Bearer abcdefghijkl' with %s\", \"labels\": {\"password\": \"hunter2hunter2\"}}"
                                            .formatted(escaped, escaped)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/api/alerts").body().contains("mail"));
        assertThat(get("/api/alerts").body())
                .contains("<masked>")
                .doesNotContain("abcdefghijkl", "hunter2hunter2", "s3cr3t+with");
        for (String file : List.of("journal.db", "journal.db-wal")) {
            String stored = Files.readString(folder.resolve("state").resolve(file), StandardCharsets.ISO_8859_1);
            assertThat(stored)
                    .doesNotContain("abcdefghijkl")
                    .doesNotContain("hunter2hunter2")
                    .doesNotContain("s3cr3t+with");
        }
    }
}
