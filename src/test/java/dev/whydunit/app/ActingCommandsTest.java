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

/** What commands say of steps that change something. */
class ActingCommandsTest {
    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void aRunbookWithARemedy() throws IOException {
        program = new Program(folder);
        Files.writeString(folder.resolve("pool.yaml"), """
                runbook: pool
                title: The pool
                symptom: slow
                hypotheses:
                  stuck: {claim: It is stuck}
                  other_thing: {claim: Something else}
                steps:
                  look: {host_command: {run: ['true']}, findings: {f: {when: exit_code == 0, says: It is, supports: {stuck: conclusive}}}}
                  free: {remedy: {for: stuck, run: [touch, freed], undo: rm freed}}
                """);
    }

    private void configuration(String text) throws IOException {
        Files.writeString(folder.resolve("whydunit.yaml"), text);
    }

    @Test
    void aDryRunSaysWhatPolicySaysAndWhoMayApprove() throws IOException {
        configuration("policy:\n  writes:\n    - {commands: [touch], approvers: author, expires: 3m}\n");

        assertThat(program.run("run", "pool.yaml", "--dry-run").out())
                .containsSubsequence(
                        "  - free (remedy, write, needs approval)",
                        "once the verdict is stuck",
                        "| touch freed",
                        "policy: asks the person at the prompt",
                        "policy on a server, for an alert: asks whoever has a token of role author or above, for 3 min");
        JsonNode step = JsonMapper.shared()
                .readTree(program.run("run", "pool.yaml", "--dry-run", "-o", "json")
                        .out())
                .get("steps")
                .get(1);
        assertThat(step.get("effect").asString()).isEqualTo("write");
        assertThat(step.get("remedies").asString()).isEqualTo("stuck");
        JsonNode query = step.get("queries").get(0);
        assertThat(query.get("query").asString()).isEqualTo("touch freed");
        assertThat(query.get("policy").get("onServer").get("approvers").asString())
                .isEqualTo("author");
        assertThat(query.get("policy").get("onServer").get("expires").asString())
                .isEqualTo("PT3M");
    }

    @Test
    void aDryRunSaysByWhichLineSomethingIsDenied() throws IOException {
        configuration("policy:\n  commands: {deny: ['true']}\n  writes: []\n");

        assertThat(program.run("run", "pool.yaml", "--dry-run").out())
                .containsSubsequence(
                        "policy: denied: policy denies the program true (policy.commands.deny, whydunit.yaml:2)",
                        "policy: denied: no grant of policy covers the program touch",
                        "policy on a server, for an alert: denied: no grant");
    }

    @Test
    void withNobodyToAskARemedyIsDeniedAndTheVerdictStands() throws IOException {
        Ran ran = program.run("run", "pool.yaml", "--no-input", "-o", "json");
        JsonNode summary = JsonMapper.shared().readTree(ran.out());

        assertThat(summary.get("verdict").get("status").asString()).isEqualTo("concluded");
        assertThat(summary.get("notChecked").get(0).get("step").asString()).isEqualTo("free");
        assertThat(summary.get("actions").isEmpty()).isTrue();
        assertThat(folder.resolve("freed")).doesNotExist();
    }

    @Test
    void doctorSaysWhatIsGrantedAndWarnsOfEverything() throws IOException {
        configuration("policy:\n  writes:\n    - {commands: [touch]}\n    - {commands: [sudo, '*']}\n");

        assertThat(program.run("doctor").out())
                .contains("may change things by commands touch (policy.writes, whydunit.yaml:3)")
                .containsPattern("warning +policy: .*sudo, \\* starts whatever it is told to");
    }
}
