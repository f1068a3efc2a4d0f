package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results for programs, and errors for people. */
class JsonAndErrorsTest {
    private static final String RUNBOOK = """
            runbook: disk_full
            title: A full disk
            symptom: writes fail
            inputs: {mount: {type: string, about: Where it is mounted}}
            hypotheses:
              full: {claim: It is full, why: {logs: {claim: Logs fill it, remedy: Rotate them.}}}
              slow: {claim: It is slow}
            steps:
              look:
                host_command: {run: [df, '${{ inputs.mount }}']}
                findings: {fine: {when: exit_code == 0, says: it fits, refutes: {full: weak}}}
            """;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void runbook() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("runbooks")).resolve("disk_full.yaml"), RUNBOOK);
        program = new Program(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "runbook list",
                "runbook show disk_full",
                "runbook lint runbooks",
                "runbook test runbooks",
                "runbook explain",
                "runbook explain W203",
                "run disk_full --dry-run",
                "run disk_full -i mount=/",
                "investigation list"
            })
    void jsonIsOneDocumentWithTheVersionOfItsForm(String command) {
        Ran ran = program.run((command + " -o json").split(" "));

        JsonNode document = JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(ran.out());
        assertThat(document.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(document.size()).isGreaterThan(1);
    }

    @Test
    void aRunbookShownAsJsonHasWhatTheTextSays() {
        JsonNode shown = JsonMapper.shared()
                .readTree(program.run("runbook", "show", "disk_full", "-o", "json")
                        .out());

        assertThat(shown.at("/inputs/0/id").asString()).isEqualTo("mount");
        assertThat(shown.at("/inputs/0/required").asBoolean()).isTrue();
        assertThat(shown.at("/hypotheses/0/why/0/remedy").asString()).isEqualTo("Rotate them.");
        assertThat(shown.at("/hypotheses/0/prior").asDouble()).isBetween(0.1, 0.9);
        assertThat(shown.at("/steps/0/findings/0/refutes/full").asString()).isEqualTo("weak");
    }

    @Test
    void aDryRunAsJsonHasTheStepsTheirQueriesAndTheInputsThatAreMissing() {
        JsonNode plan = JsonMapper.shared()
                .readTree(program.run("run", "disk_full", "--dry-run", "-o", "json")
                        .out());

        assertThat(plan.get("dryRun").asBoolean()).isTrue();
        assertThat(plan.at("/steps/0/id").asString()).isEqualTo("look");
        assertThat(plan.at("/steps/0/queries/0/query").asString()).contains("mount");
        assertThat(plan.at("/missingInputs/0").asString()).isEqualTo("mount");
    }

    @Test
    void aWrongCallIsSaidInALineAndWhatToDoInAnother() {
        assertThat(program.run("runbok").err())
                .isEqualTo("whydunit: there is no command 'whydunit runbok'\n"
                        + "  did you mean runbook? see: whydunit --help\n");
        assertThat(program.run("run", "disk_full", "--outpt", "json").err())
                .isEqualTo("whydunit: there is no option --outpt of 'whydunit run'\n"
                        + "  did you mean --output? see: whydunit run --help\n");
        Ran missing = program.run("run");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err())
                .isEqualTo("whydunit: Missing required parameter: 'RUNBOOK'\n  see: whydunit run --help\n");
    }

    @Test
    void whereSomethingFailsIsShownWithDebugOnly() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");

        Ran plain = program.run("runbook", "test", "runbooks", "--junit", "blocked/results.xml");
        Ran debugged = program.run("runbook", "test", "runbooks", "--junit", "blocked/results.xml", "--debug");

        assertThat(plain.exit()).isEqualTo(1);
        assertThat(plain.err()).contains(blocked.toString()).contains("--debug").doesNotContain("\tat ");
        assertThat(plain.err().lines()).hasSize(1);
        assertThat(debugged.err()).contains("\tat dev.whydunit.cli.TestCommand");
    }

    @Test
    void everyCommandTellsTheVersion() {
        assertThat(program.run("--version").out()).startsWith("whydunit ");
        assertThat(program.run("runbook", "lint", "--version").out()).startsWith("whydunit ");
    }

    @Test
    void thePageOfACommandThatIsNotThereIsSaidToBeMissing() {
        Ran ran = program.run("man", "runbook", "lnt");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("whydunit: there is no command whydunit runbook lnt; see: whydunit runbook --help\n");
    }
}
