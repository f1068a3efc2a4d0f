package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {
    private static final String GREETING = """
            runbook: greeting
            title: Does the machine answer?
            symptom: ${{ inputs.who }} does not answer
            inputs:
              who: {type: string, default: nobody, from: alert.labels.service}
            hypotheses:
              mute: {claim: It cannot speak, remedy: Ask somebody else.}
              deaf: {claim: It cannot hear}
            steps:
              speak:
                host_command: {run: [echo, 'hello ${{ inputs.who }}']}
                findings:
                  spoke: {when: 'stdout.contains("hello")', says: 'it said ${{ stdout }}', supports: {deaf: strong}}
              listen:
                needs: [speak]
                host_command: {script: 'test "$WHO" = nobody', env: {WHO: '${{ inputs.who }}'}}
                findings:
                  ignored: {when: exit_code == 0, supports: {deaf: strong}}
            """;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void runbook() throws IOException {
        Files.writeString(folder.resolve("greeting.yaml"), GREETING);
        program = new Program(folder);
    }

    @Test
    void aRunPrintsItsSummaryOnStandardOutputAndItsProgressOnStandardError() {
        Ran ran = program.run("run", "greeting.yaml");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("Why: It cannot hear (");
        assertThat(ran.out()).contains("echo 'hello nobody'");
        assertThat(ran.err())
                .contains("nobody does not answer")
                .contains("speak")
                .contains("it said hello nobody");
    }

    @Test
    void jsonIsOneDocumentWithTheFixedNames() {
        Ran ran = program.run("run", "greeting.yaml", "-o", "json", "-i", "who=shop");

        JsonNode summary = JsonMapper.shared().readTree(ran.out());
        assertThat(summary.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(summary.get("runbook").asString()).isEqualTo("greeting");
        assertThat(summary.get("inputs").get("who").asString()).isEqualTo("shop");
        assertThat(summary.get("symptom").asString()).isEqualTo("shop does not answer");
        assertThat(summary.get("verdict").get("status").asString()).isEqualTo("inconclusive");
        assertThat(summary.get("belief").propertyNames()).containsExactlyInAnyOrder("mute", "deaf", "other");
        assertThat(summary.get("steps").get(0).get("status").asString()).isEqualTo("ended");
        assertThat(summary.get("evidence").get(0).get("id").asString()).isEqualTo("speak.spoke");
        assertThat(summary.get("evidence").get(0).get("moved").get("deaf").asDouble())
                .isEqualTo(2.9957);
    }

    @Test
    void theExitCodeTellsTheVerdictWhereItIsAskedTo() {
        assertThat(program.run("run", "greeting.yaml", "--detailed-exitcode").exit())
                .isZero();
        assertThat(program.run("run", "greeting.yaml", "--detailed-exitcode", "-i", "who=shop")
                        .exit())
                .isEqualTo(11);
    }

    @Test
    void anAlertFillsTheInputsThatNameItsLabels() throws IOException {
        Files.writeString(folder.resolve("alert.json"), """
                {"version": "4", "groupKey": "{}:{}", "status": "firing", "receiver": "w", "alerts": [
                  {"status": "firing", "labels": {"alertname": "Silent", "service": "cart"}, "annotations": {},
                   "startsAt": "2026-01-02T03:04:05Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "",
                   "fingerprint": "00aa"}]}
                """);

        JsonNode summary = JsonMapper.shared()
                .readTree(program.run("run", "greeting.yaml", "--alert", "alert.json", "-o", "json")
                        .out());

        assertThat(summary.get("inputs").get("who").asString()).isEqualTo("cart");
        assertThat(summary.get("trigger").get("kind").asString()).isEqualTo("alert");
        assertThat(summary.get("trigger")
                        .get("alert")
                        .get("labels")
                        .get("alertname")
                        .asString())
                .isEqualTo("Silent");
    }

    @Test
    void markdownAndHtmlHoldTheSameVerdict() {
        assertThat(program.run("run", "greeting.yaml", "-o", "md").out()).contains("It cannot hear");
        assertThat(program.run("run", "greeting.yaml", "-o", "html").out())
                .startsWith("<!DOCTYPE html>")
                .contains("It cannot hear")
                .doesNotContain("<script");
    }

    @Test
    void mistakesInARunbookAreSaidAllAtOnceAndNothingRuns() throws IOException {
        Files.writeString(
                folder.resolve("greeting.yaml"),
                GREETING.replace("inputs.who }} does", "inputs.whom }} does")
                        .replace("needs: [speak]", "needs: [speek]"));

        Ran ran = program.run("run", "greeting.yaml");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("greeting.yaml:3:")
                .contains("did you mean 'who'?")
                .contains("did you mean 'speak'?");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void lintExitsWithTwoWhereThereIsAMistake() throws IOException {
        assertThat(program.run("runbook", "lint", "greeting.yaml").exit()).isZero();
        Files.writeString(folder.resolve("bad.yaml"), GREETING.replace("host_command: {run", "host_comand: {run"));

        Ran ran = program.run("runbook", "lint", "bad.yaml", "--format", "lines");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).contains("bad.yaml:").contains("host_comand").contains("[E");
    }

    @Test
    void whatWasFoundCanBeReadAgain() {
        String first = program.run("run", "greeting.yaml").out();
        String id = first.lines().reduce((one, last) -> last).orElseThrow().replaceAll(".*investigation ", "");

        Ran list = program.run("investigation", "list");
        Ran show = program.run("investigation", "show", id);
        Ran timeline = program.run("investigation", "timeline", "latest");
        Ran export = program.run("investigation", "export", "latest", "-o", "json");

        assertThat(list.out()).contains(id).contains("greeting").contains("concluded: deaf");
        assertThat(show.out()).isEqualTo(first);
        assertThat(timeline.out()).contains("next: speak").contains("verdict: concluded deaf");
        assertThat(JsonMapper.shared().readTree(export.out()).get("id").asString())
                .isEqualTo(id);
    }

    @Test
    void anUnknownInvestigationIsSaidWithWhereToLook() {
        program.run("run", "greeting.yaml");

        Ran ran = program.run("investigation", "show", "1999");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no investigation's id begins with 1999").contains("investigation list");
    }

    @Test
    void aDryRunShowsTheCommandsAndTouchesNothing() {
        Ran ran = program.run("run", "greeting.yaml", "--dry-run", "-i", "who=shop");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("echo 'hello shop'").contains("2 steps: 2 read, 0 need approval");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void aRunbookThatIsNotThereIsSaidWithThoseThatAre() {
        Ran ran = program.run("run", "greting");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no runbook greting").contains("web_slowdown");
    }

    @Test
    void wrongArgumentsExitWithTwo() {
        assertThat(program.run("run").exit()).isEqualTo(2);
        assertThat(program.run("run", "greeting.yaml", "--nonsense").exit()).isEqualTo(2);
        assertThat(program.run("run", "greeting.yaml", "-i", "nothing=1").exit())
                .isEqualTo(2);
        assertThat(program.run("demo", "--fault", "earthquake").exit()).isEqualTo(2);
    }

    @Test
    void commandsThatThePolicyDeniesAreNotChecked() throws IOException {
        Files.writeString(folder.resolve("whydunit.yaml"), "policy:\n  commands: {deny: [echo]}\n");

        Ran ran = program.run("run", "greeting.yaml", "-o", "json");

        JsonNode summary = JsonMapper.shared().readTree(ran.out());
        assertThat(summary.get("steps").get(0).get("status").asString()).isEqualTo("denied");
        assertThat(summary.get("notChecked").get(0).get("why").asString())
                .contains("policy denies the program echo (policy.commands.deny, whydunit.yaml:2)");
    }

    @Test
    void twoSourcesThatFitAreAMistakeThatNamesBoth() throws IOException {
        Files.writeString(
                folder.resolve("whydunit.yaml"),
                "sources:\n  one: {kind: files, paths: ['*.log']}\n  two: {kind: files, paths: ['*.json']}\n");
        Files.writeString(folder.resolve("logs.yaml"), """
                runbook: logs
                title: Logs
                hypotheses: {a: {claim: A}}
                steps:
                  look:
                    log_query: {query: error}
                """);

        Ran ran = program.run("run", "logs.yaml");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err())
                .contains("logs.yaml:6:5")
                .contains("several fit: one, two")
                .contains("add source: one");
    }

    @Test
    void anEvidenceOfTerminalEscapesIsShownNotSent() throws IOException {
        Files.writeString(
                folder.resolve("greeting.yaml"),
                GREETING.replace("[echo, 'hello ${{ inputs.who }}']", "[printf, 'hello \\033]0;pwned\\007']"));

        Ran ran = program.run("run", "greeting.yaml");

        assertThat(ran.out()).doesNotContain("\u001b").doesNotContain("\u0007").contains("\\x1b");
        assertThat(ran.err()).doesNotContain("\u001b").doesNotContain("\u0007");
    }

    @Test
    void theSchemaIsAJsonSchema() {
        JsonNode schema =
                JsonMapper.shared().readTree(program.run("runbook", "schema").out());

        assertThat(schema.get("$schema").asString()).contains("json-schema.org");
    }

    @Test
    void theShippedRunbooksAreWithoutMistakes() {
        for (String id : new String[] {"web_slowdown", "slow_host", "network_path", "triage"}) {
            Ran ran = program.run("runbook", "show", id);
            assertThat(ran.err()).isEmpty();
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("Hypotheses");
        }
    }

    @Test
    void completionAndVersionAnswer() {
        assertThat(program.run("completion", "bash").out())
                .contains("complete ")
                .contains("whydunit");
        assertThat(program.run("version").out()).startsWith("whydunit ");
    }
}
