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

/** Notes, what is ruled out, what is confirmed and looking again, as one-shot commands. */
class ActsTest {
    private static final String LOAD = """
            runbook: load
            title: Is it busy?
            symptom: slow
            inputs:
              file: {type: string, default: load}
              window: {type: duration, default: 5m}
            hypotheses:
              overload: {claim: No CPU left, prior: common}
              database: {claim: The database answers slowly, prior: common}
            steps:
              load:
                host_command: {run: [cat, '${{ inputs.file }}']}
                findings:
                  busy: {when: 'stdout.contains("busy")', says: 'it is busy', supports: {overload: strong}}
              queue:
                host_command: {run: [cat, '${{ inputs.file }}']}
                findings:
                  long: {when: 'stdout.contains("busy")', supports: {overload: strong}}
            """;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void runbook() throws IOException {
        Files.writeString(folder.resolve("load.yaml"), LOAD);
        Files.writeString(folder.resolve("busy"), "busy\n");
        program = new Program(folder);
        assertThat(program.run("run", "load.yaml", "-i", "file=" + folder.resolve("busy"))
                        .out())
                .startsWith("Why: No CPU left (99");
    }

    private JsonNode summary() {
        return JsonMapper.shared()
                .readTree(program.run("investigation", "show", "-o", "json").out());
    }

    @Test
    void aNoteIsKeptWithTheInvestigationAndItsChainHolds() {
        Ran ran = program.run("note", "switched", "the pool", "--of", "latest");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("noted in ");
        JsonNode said = summary().get("people").get(0);
        assertThat(said.get("act").asString()).isEqualTo("noted");
        assertThat(said.get("text").asString()).isEqualTo("switched the pool");
        assertThat(said.get("by").asString()).isEqualTo(System.getProperty("user.name"));
        Ran timeline = program.run("investigation", "timeline", "-o", "json");
        assertThat(JsonMapper.shared().readTree(timeline.out()).get("intact").asBoolean())
                .isTrue();
        assertThat(program.run("investigation", "show").out())
                .contains("PEOPLE SAID")
                .contains("switched the pool");
    }

    @Test
    void anInvestigationThatIsNotedUponAfterItsEndHasEndedStill() {
        program.run("note", "seen");
        Ran ran = program.run("investigation", "watch", "latest", "--for", "5");
        assertThat(ran.err()).doesNotContain("has not ended");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("Why: No CPU left");
    }

    @Test
    void whatIsRuledOutMovesBeliefAndIsJudgedAgain() {
        Ran ran = program.run("rule-out", "overload", "--because", "the graphs show idle CPUs", "-o", "json");
        assertThat(ran.exit()).isZero();
        JsonNode summary = JsonMapper.shared().readTree(ran.out());
        assertThat(summary.get("verdict").get("status").asString()).isEqualTo("inconclusive");
        assertThat(summary.get("belief").get("overload").asDouble()).isLessThan(0.4);
        assertThat(summary.get("people").get(0).get("hypothesis").asString()).isEqualTo("overload");
        assertThat(program.run("investigation", "list").out()).contains("inconclusive");
    }

    @Test
    void aStepIsLookedAtAgain() throws IOException {
        Files.writeString(folder.resolve("busy"), "idle\n");
        Ran ran = program.run("redo", "load", "queue", "-o", "json");
        assertThat(ran.err()).contains("load");
        JsonNode summary = JsonMapper.shared().readTree(ran.out());
        assertThat(summary.get("evidence").get(0).get("outcome").asBoolean()).isFalse();
        assertThat(summary.get("steps").size()).isEqualTo(2);
        assertThat(summary.get("belief").get("overload").asDouble()).isLessThan(0.375);
        assertThat(summary.get("inputs").get("window").asDouble()).isEqualTo(300);
    }

    @Test
    void whatIsUnknownIsSaidWithWhatWasProbablyMeant() {
        assertThat(program.run("redo", "lode").err())
                .contains("has no step lode")
                .contains("load, queue");
        Ran ran = program.run("rule-out", "overlod", "--because", "x");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("no hypothesis overlod").contains("did you mean 'overload'");
        assertThat(program.run("answer", "yes").err()).contains("inside the shell");
    }

    @Test
    void aChangedRunbookIsNotGoneOnWith() throws IOException {
        Files.writeString(folder.resolve("load.yaml"), LOAD.replace("No CPU left", "CPU is gone"));
        Ran ran = program.run("redo", "load");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("runbook load was changed since");
    }

    @Test
    void whatItWasIsConfirmed() {
        String id = summary().get("id").asString();
        assertThat(program.run("investigation", "confirm", id, "--cause", "database")
                        .out())
                .contains("confirmed database");
        assertThat(summary().get("people").get(0).get("act").asString()).isEqualTo("confirmed");
        assertThat(summary().get("verdict").get("path").get(0).asString()).isEqualTo("overload");
    }

    @Test
    void anotherRunbookIsTriedOnTheSameInputs() throws IOException {
        Files.writeString(
                folder.resolve("other.yaml"),
                LOAD.replace("runbook: load", "runbook: other")
                        .replace("  window: {type: duration, default: 5m}\n", ""));
        Ran ran = program.run("try", "other.yaml", "-o", "json");
        JsonNode summary = JsonMapper.shared().readTree(ran.out());
        assertThat(summary.get("runbook").asString()).isEqualTo("other");
        assertThat(summary.get("inputs").get("file").asString()).endsWith("busy");
        assertThat(summary.get("verdict").get("status").asString()).isEqualTo("concluded");
    }
}
