package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.running.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts, incidents and what waits, as one-shot commands without a server. */
class AlertSendTest {
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
                  fine: {when: 'stdout.contains("fine")', supports: {anything: conclusive}}
            """;
    private static final String PAYLOAD = """
            {"version": "4", "groupKey": "g", "status": "firing", "receiver": "w", "alerts": [
              {"status": "firing", "labels": {"alertname": "Odd", "service": "shop", "severity": "critical"}, "annotations": {},
               "startsAt": "2026-01-31T02:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "1"},
              {"status": "firing", "labels": {"alertname": "Odd", "service": "shop", "path": "\\u001b[31mred"}, "annotations": {},
               "startsAt": "2026-01-31T02:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "2"}]}
            """;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void configuration() throws IOException {
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/quick.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("whydunit.yaml"), """
                runbooks: [books]
                receivers:
                  am: {kind: alertmanager, auth: {bearer: 'env:AM'}}
                  one: {kind: generic, auth: none, map: {firing: 'true', labels: {alertname: payload.what, service: payload.where}, identity: payload.what}}
                  two: {kind: generic, auth: none}
                """);
        Files.writeString(folder.resolve("alert.json"), PAYLOAD);
        program = new Program(folder);
    }

    private JsonNode json(String... arguments) {
        Ran ran = program.run(arguments);
        assertThat(ran.exit()).as(ran.err()).isZero();
        return JsonMapper.shared().readTree(ran.out());
    }

    @Test
    void theWholeWayFromAPayloadToAVerdict() {
        Ran sent = program.run("alert", "send", "alert.json", "--detailed-exitcode");
        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.out())
                .startsWith("accepted 2 of 2 alerts\ninc-1: Odd (shop) (critical, open, origin shop)\ninvestigation ")
                .contains("Why: Anything")
                .doesNotContain("\u001b");

        JsonNode incident = json("incident", "show", "1", "-o", "json");
        assertThat(incident.path("investigations")).hasSize(1);
        assertThat(incident.path("investigations").get(0).path("status").asString())
                .isEqualTo("concluded");
        assertThat(incident.path("newestAlerts").get(0).path("receiver").asString())
                .isEqualTo("am");
        assertThat(incident.path("timeline").findValuesAsString("type"))
                .containsExactly("opened", "alert", "investigation", "investigation");

        JsonNode again = json("alert", "send", "alert.json", "-o", "json");
        assertThat(again.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(again.path("accepted").asInt()).isZero();
        assertThat(again.path("known").asInt()).isEqualTo(2);
        assertThat(again.path("incident").asString()).isEqualTo("inc-1");
        assertThat(again.path("investigations")).isEmpty();
        assertThat(json("investigation", "list", "-o", "json").path("investigations"))
                .hasSize(1);
    }

    @Test
    void theJsonOfSendingHoldsTheSummary() {
        JsonNode sent = json("alert", "send", "alert.json", "-o", "json");
        assertThat(sent.path("accepted").asInt()).isEqualTo(2);
        assertThat(sent.path("investigations")
                        .get(0)
                        .path("verdict")
                        .path("path")
                        .get(0)
                        .asString())
                .isEqualTo("anything");
        assertThat(sent.path("incidents").get(0).path("origin").asString()).isEqualTo("shop");
    }

    @Test
    void anAlertThatCannotBeReadIsNamedAndTheOthersAreTakenIn() throws IOException {
        Files.writeString(
                folder.resolve("mixed.json"),
                PAYLOAD.replaceFirst("\\{\"status\": \"firing\", \"labels\"", "{\"status\": \"burning\", \"labels\""));

        Ran sent = program.run("alert", "send", "mixed.json", "--detailed-exitcode");
        assertThat(sent.exit()).as("the verdict's is 0").isEqualTo(1);
        assertThat(sent.err())
                .contains("mixed.json: alerts[0].status: expected \"firing\" or \"resolved\"; it was not taken in");
        assertThat(sent.out())
                .startsWith("accepted 1 of 1 alerts; 1 could not be read\ninc-1: Odd (shop)")
                .contains("Why: Anything");

        Ran again = program.run("alert", "send", "mixed.json", "-o", "json");
        assertThat(again.exit()).isEqualTo(1);
        JsonNode json = JsonMapper.shared().readTree(again.out());
        assertThat(json.path("known").asInt()).isEqualTo(1);
        assertThat(json.path("refused")).hasSize(1);
        assertThat(json.path("refused").get(0).path("alert").asInt()).isZero();
        assertThat(json.path("refused").get(0).path("error").asString())
                .isEqualTo("alerts[0].status: expected \"firing\" or \"resolved\"");
    }

    @Test
    void whatIsOnlyStoredWaitsAndCanBeResumedAndWatched() {
        JsonNode sent = json("alert", "send", "alert.json", "--no-run", "-o", "json");
        String due = sent.path("due").get(0).asString();
        assertThat(sent.path("investigations")).isEmpty();
        assertThat(program.run("investigation", "show", due).err()).contains("has not begun yet");
        Ran early = program.run("investigation", "watch", due, "--for", "0");
        assertThat(early.exit()).isEqualTo(124);
        assertThat(early.err()).contains("investigation resume " + due);

        JsonNode summary = json("investigation", "resume", due, "-o", "json");
        assertThat(summary.path("verdict").path("status").asString()).isEqualTo("concluded");
        assertThat(summary.path("trigger").path("kind").asString()).isEqualTo("alert");
        Ran watched = program.run("investigation", "watch", due.substring(0, 19));
        assertThat(watched.exit()).isZero();
        assertThat(watched.out()).startsWith("Why: Anything");
        Ran again = program.run("investigation", "resume", due);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("has ended");
        assertThat(program.run("incident", "show").out()).contains("concluded, anything");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--as nonsense | there is no kind of sender nonsense",
                "--as pagerduty | (read as pagerduty)",
                "--receiver nobody | there is no receiver nobody",
                "--as generic | several receivers are of kind generic: one, two",
                "--receiver am --as grafana | receiver am is of kind alertmanager, not grafana",
                "--server http://127.0.0.1:1 | nothing answers at http://127.0.0.1:1",
                "--server ftp://x | cannot be used",
            })
    void whatIsWrongIsSaid(String options, String said) {
        String[] split = ("alert send alert.json " + options).split(" ");
        Ran ran = program.run(split);
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.err()).contains(said);
        assertThat(program.run("incident", "list").out()).startsWith("No incident yet.");
    }

    @Test
    void aReceiversMapReadsTheFile() throws IOException {
        Files.writeString(folder.resolve("own.json"), "{\"what\": \"Odd\", \"where\": \"mail\"}");
        JsonNode sent = json("alert", "send", "own.json", "--receiver", "one", "-o", "json");
        assertThat(sent.path("incidents").get(0).path("title").asString()).isEqualTo("Odd (mail)");
    }

    @Test
    void whileAServerHasTheStateTheAlertIsToBePostedToIt() throws IOException {
        JournalStore.open(folder.resolve("state")).close();
        try (StateLock lock = StateLock.take(folder.resolve("state")).orElseThrow()) {
            assertThat(lock).isNotNull();
            Ran ran = program.run("alert", "send", "alert.json");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("a server of this machine uses the state directory")
                    .contains("--server");
        }
        assertThat(program.run("incident", "list", "-o", "json").out()).contains("\"incidents\" : [ ]");
    }

    @Test
    void peopleCareForAnIncident() {
        json("alert", "send", "alert.json", "--no-run", "-o", "json");
        assertThat(program.run("incident", "assign", "1", "team-shop").out())
                .isEqualTo("inc-1 is assigned to team-shop\n");
        assertThat(program.run("incident", "severity", "inc-1", "info").out()).isEqualTo("inc-1 is info\n");
        assertThat(program.run("incident", "severity", "inc-1", "bad").exit()).isEqualTo(2);
        assertThat(program.run("incident", "note", "latest", "a", "switch").out())
                .isEqualTo("noted in inc-1\n");
        assertThat(program.run("incident", "list").out()).contains("[team-shop]");
        assertThat(program.run("incident", "resolve", "1").out()).isEqualTo("inc-1 is resolved\n");
        assertThat(program.run("incident", "list", "--open").out()).isEqualTo("No incident is open.\n");
        assertThat(program.run("incident", "show", "2").err()).contains("there is no incident 2");
        JsonNode list = json("incident", "list", "-o", "json");
        assertThat(list.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(list.path("incidents").get(0).path("assigned").asString()).isEqualTo("team-shop");
    }
}
