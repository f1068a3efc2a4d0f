package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.masking.SecretMask;
import dev.whydunit.testing.RandomSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Random secrets in all that comes in by a server's doors: none is in its files, its answers or its log. */
class StoredSecretsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> ADMIN = Map.of("Authorization", "Bearer " + RunningServer.ADMIN);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void noSecretThatComesInIsKeptAnsweredOrLogged(String format) throws Exception {
        long seed = Long.getLong("whydunit.secrets.seed", System.nanoTime());
        RandomSecrets random = new RandomSecrets(seed);
        Map<String, String> configured =
                Map.of("AM", random.next(), "PROM", random.next().replace(' ', '+'));
        List<RandomSecrets.Shaped> shaped = random.shaped();
        List<String> secrets = new ArrayList<>(configured.values());
        secrets.add(RunningServer.ADMIN);
        shaped.forEach(one -> secrets.add(one.secret()));
        List<String> lines = new ArrayList<>();
        configured.values().forEach(secret -> lines.addAll(RandomSecrets.printed(secret)));
        shaped.forEach(one -> lines.add(one.line()));
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/all.txt"), String.join("\n", lines));
        Files.writeString(folder.resolve("books/leaky.yaml"), """
                runbook: leaky
                title: What leaks?
                symptom: ${{ inputs.service }} leaks
                triggers: [{matchers: ['alertname="Leak"']}]
                inputs: {service: {type: string, from: alert.labels.service}}
                hypotheses: {one: {claim: One}}
                steps:
                  out:
                    host_command: {run: [cat, '%s']}
                    findings: {seen: {when: 'true', says: 'it was ${{ inputs.service }}', supports: {one: weak}}}
                """.formatted(folder.resolve("books/all.txt")));
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Map<String, String> places = new LinkedHashMap<>();
        String yaml = """
                receivers:
                  am: {kind: alertmanager, auth: {bearer: 'env:AM'}}
                  open: {kind: generic, auth: none}
                sources: {prom: {kind: prometheus, url: 'http://127.0.0.1:1', auth: {bearer: 'env:PROM'}}}
                runbooks: [books]
                logging: {format: %s}
                """.formatted(format);
        try (RunningServer server = new RunningServer(folder, yaml, configured)) {
            System.getLogger(Server.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "all of it: " + String.join("\n", lines),
                            new IOException(lines.getFirst()));
            work(server, lines, places);
            places.put("console", server.console.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
        places.put("log", log.toString(StandardCharsets.UTF_8));
        files(places);
        assertThat(places.get("log")).contains("all of it").contains(SecretMask.MASK);
        places.forEach((place, text) -> assertThat(RandomSecrets.around(text, secrets))
                .as("seed " + seed + ": " + place)
                .isEmpty());
    }

    private static void work(RunningServer server, List<String> lines, Map<String, String> places) throws Exception {
        String all = String.join("\n", lines);
        String alert = JSON.writeValueAsString(Map.of(
                "title", "Leak",
                "service", lines.getFirst(),
                "id", lines.get(1),
                "labels", Map.of("alertname", "Leak", "odd", all),
                "annotations", Map.of("summary", all, lines.get(2), "x")));
        RunningServer.Answer accepted = server.post("/webhooks/open", alert, Map.of());
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        String incident = accepted.json().path("incident").asString();
        RunningServer.Answer asked = server.post(
                "/api/investigations",
                JSON.writeValueAsString(Map.of("runbook", "leaky", "inputs", Map.of("service", lines.getFirst()))),
                ADMIN);
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        String id = asked.json().path("id").asString();
        ended(server, id);
        server.post(
                "/api/investigations/" + id + "/notes",
                JSON.writeValueAsString(Map.of("text", all.substring(0, Math.min(3_000, all.length())))),
                ADMIN);
        server.post(
                "/api/investigations/" + id + "/rule-out",
                JSON.writeValueAsString(Map.of("hypothesis", "one", "because", lines.getFirst())),
                ADMIN);
        ended(server, id);
        server.post(
                "/api/incidents/" + incident + "/note",
                JSON.writeValueAsString(Map.of("text", lines.getFirst())),
                ADMIN);
        server.post(
                "/api/incidents/" + incident + "/resolve",
                JSON.writeValueAsString(Map.of("because", lines.get(1))),
                ADMIN);
        for (String path : List.of(
                "/api/alerts",
                "/api/incidents",
                "/api/incidents/" + incident,
                "/api/incidents/" + incident + "/alerts",
                "/api/investigations",
                "/api/investigations/" + id,
                "/api/investigations/" + id + "/journal",
                "/api/investigations/" + id + "/events",
                "/api/investigations/" + id + "/late",
                "/api/runbooks",
                "/api/audit",
                "/api/tokens",
                "/actuator/health",
                "/actuator/prometheus")) {
            RunningServer.Answer answer = server.get(path, RunningServer.ADMIN);
            assertThat(answer.status()).as(path).isIn(200, 503);
            places.put(path, answer.body());
        }
        assertThat(places.get("/api/investigations/" + id)).contains(SecretMask.MASK);
        assertThat(places.get("/api/incidents/" + incident)).contains(SecretMask.MASK);
    }

    private static void ended(RunningServer server, String id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            JsonNode summary =
                    server.get("/api/investigations/" + id, RunningServer.ADMIN).json();
            return summary.path("ending").asString("").equals("completed");
        });
    }

    private void files(Map<String, String> places) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("state"))) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    places.put("file " + file.getFileName(), Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
