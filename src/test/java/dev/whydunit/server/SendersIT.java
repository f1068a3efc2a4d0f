package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.cli.Application;
import dev.whydunit.cli.Commands;
import dev.whydunit.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the senders write (src/test/resources/senders), by a webhook and by {@code alert send}. */
class SendersIT {
    private static final Path SENDERS = Path.of("src/test/resources/senders");
    private static final String CONFIGURATION = """
            receivers:
              alertmanager: {kind: alertmanager, auth: none}
              grafana: {kind: grafana, auth: none}
              pagerduty: {kind: pagerduty, auth: none}
              datadog: {kind: datadog, auth: none}
              opsgenie: {kind: opsgenie, auth: none}
              zabbix: {kind: zabbix, auth: none}
              sentry: {kind: sentry, auth: none}
              generic: {kind: generic, auth: none}
            incidents: {default_runbook: quick, storm_runbook: quick}
            runbooks: [books]
            """;
    private static final String RUNBOOK = """
            runbook: quick
            title: Something is odd
            hypotheses:
              anything: {claim: Anything}
            steps:
              look:
                host_command: {run: [echo, fine]}
                findings:
                  fine: {when: 'stdout.contains("fine")', supports: {anything: conclusive}}
            """;

    @TempDir
    private Path folder;

    private void prepare(Path in) throws Exception {
        Files.createDirectories(in.resolve("books"));
        Files.writeString(in.resolve("books/quick.yaml"), RUNBOOK);
        Files.writeString(in.resolve("whydunit.yaml"), CONFIGURATION);
    }

    /** Of every kind but SNS: who has no key of Amazon's cannot post that. */
    private static List<Path> payloads() {
        return Stream.of(
                        "alertmanager",
                        "alertmanager-mixed",
                        "datadog",
                        "generic",
                        "grafana",
                        "grafana-test",
                        "opsgenie",
                        "opsgenie-close",
                        "pagerduty",
                        "sentry-issue-alert",
                        "sentry-resolved",
                        "zabbix")
                .map(name -> SENDERS.resolve(name + ".json"))
                .toList();
    }

    private static String kind(Path payload) {
        return payload.getFileName().toString().split("[-.]", 2)[0];
    }

    private static JsonNode command(Path in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                false,
                true,
                80);
        Application application = new Application(
                console,
                Map.of("WHYDUNIT_STATE", in.resolve("state").toString()),
                in,
                StepKindsForTests::stepKinds,
                StepKindsForTests.sourceKinds());
        assertThat(Commands.execute(application, arguments))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    /** What an incident is, without when it was made and what looked at it. */
    private static List<String> shown(JsonNode incident) {
        List<String> lines = new ArrayList<>();
        for (String field :
                List.of("id", "status", "title", "severity", "origin", "services", "hosts", "alerts", "firing")) {
            lines.add(field + " " + incident.path(field));
        }
        StreamSupport.stream(incident.path("timeline").spliterator(), false)
                .filter(line -> !line.path("type").asString().equals("investigation"))
                .forEach(line -> lines.add(
                        line.path("type").asString() + " " + line.path("text").asString()));
        for (JsonNode alert : incident.path("newestAlerts")) {
            lines.add(alert.path("receiver") + " " + alert.path("fingerprint") + " "
                    + alert.path("alert").path("labels")
                    + " " + alert.path("alert").path("annotations") + " "
                    + alert.path("alert").path("status"));
        }
        return lines;
    }

    @Test
    void alertSendMakesOfAPayloadWhatAWebhookMakesOfIt() throws Exception {
        Path served = Files.createDirectories(folder.resolve("served"));
        Path alone = Files.createDirectories(folder.resolve("alone"));
        prepare(served);
        prepare(alone);
        InputStream standard = System.in;
        try (RunningServer server = new RunningServer(served, CONFIGURATION, Map.of())) {
            for (Path payload : payloads()) {
                String body = Files.readString(payload);
                RunningServer.Answer answer = server.post("/webhooks/" + kind(payload), body, Map.of());
                assertThat(answer.status()).as(payload + answer.body()).isEqualTo(202);
                boolean piped = payload.endsWith("generic.json");
                if (piped) {
                    System.setIn(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
                }
                JsonNode sent = command(
                        alone,
                        "alert",
                        "send",
                        piped ? "-" : payload.toAbsolutePath().toString(),
                        "--as",
                        kind(payload),
                        "--no-run",
                        "-o",
                        "json");
                assertThat(sent.path("accepted").asInt())
                        .as(payload.toString())
                        .isEqualTo(answer.json().path("accepted").asInt());
                assertThat(sent.path("incident").asString(""))
                        .as(payload.toString())
                        .isEqualTo(answer.json().path("incident").asString(""));
                assertThat(sent.path("notes"))
                        .as(payload.toString())
                        .hasSize(answer.json().path("notes").size());
            }
            JsonNode all = server.get("/api/incidents", RunningServer.ADMIN).json();
            assertThat(all.size()).isGreaterThan(2);
            for (JsonNode one : all) {
                String id = one.path("id").asString();
                JsonNode there =
                        server.get("/api/incidents/" + id, RunningServer.ADMIN).json();
                assertThat(shown(command(alone, "incident", "show", id, "-o", "json")))
                        .as(id)
                        .isEqualTo(shown(there));
            }
            assertThat(command(alone, "incident", "list", "-o", "json").path("incidents"))
                    .hasSize(all.size());
        } finally {
            System.setIn(standard);
        }
    }

    @Test
    void theSameDeliveryByManyAtOnceIsAcceptedOnce() throws Exception {
        prepare(folder);
        String body = Files.readString(SENDERS.resolve("alertmanager.json"));
        try (RunningServer server = new RunningServer(folder, CONFIGURATION, Map.of());
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> send = () -> server.post("/webhooks/alertmanager", body, Map.of())
                    .json()
                    .path("accepted")
                    .asInt();
            int accepted = 0;
            for (Future<Integer> one :
                    senders.invokeAll(Stream.generate(() -> send).limit(20).toList())) {
                accepted += one.get();
            }
            assertThat(accepted).isEqualTo(2);
            assertThat(server.get("/api/alerts", RunningServer.ADMIN).json().size())
                    .isEqualTo(2);
        }
    }
}
