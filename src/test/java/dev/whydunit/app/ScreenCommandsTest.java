package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScreenCommandsTest {
    private static final String GREETING = """
            runbook: greeting
            title: Does the machine answer?
            symptom: nobody answers
            hypotheses:
              mute: {claim: It cannot speak, remedy: Ask somebody else.}
              deaf: {claim: It cannot hear, why: {asleep: {claim: It sleeps}, away: {claim: It is away}}}
            steps:
              speak:
                host_command: {run: [echo, hello]}
                findings:
                  spoke: {when: 'stdout.contains("hello")', says: 'it said ${{ stdout }}', refutes: {mute: strong}, supports: {asleep: strong}}
              listen:
                needs: [speak]
                if: steps.speak.exit_code == 7
                host_command: {run: [echo, listening]}
                findings:
                  heard: {when: exit_code == 0, supports: {away: strong}}
            """;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void run() throws IOException {
        Files.writeString(folder.resolve("greeting.yaml"), GREETING);
        program = new Program(folder);
        assertThat(program.run("run", "greeting.yaml").exit()).isZero();
    }

    private String shown(String... arguments) {
        Ran ran = program.run(arguments);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        return ran.out();
    }

    private String id() {
        return JsonMapper.shared()
                .readTree(shown("investigation", "list", "-o", "json"))
                .path("investigations")
                .get(0)
                .path("id")
                .asString();
    }

    @Test
    void everyScreenIsAboutTheLatestWhenNobodySays() {
        assertThat(shown("tree")).contains("HYPOTHESES").contains("asleep").contains("leads");
        assertThat(shown("evidence"))
                .startsWith("EVIDENCE deaf.asleep")
                .contains("it said hello")
                .contains("│ echo hello");
        assertThat(shown("why")).startsWith("WHY deaf.asleep").contains("×20");
        assertThat(shown("step", "speak"))
                .contains("STEP speak ended")
                .contains("stdout")
                .contains("echo hello");
        assertThat(shown("timeline")).contains("next: speak").contains("verdict: ");
        assertThat(shown("next"))
                .contains("WHAT HAS NOT RUN")
                .contains("listen")
                .contains("steps.speak.exit_code == 7");
        assertThat(shown("hand-over")).contains("STRONGEST EVIDENCE").contains("it said hello");
        assertThat(shown("hand-over", "-o", "md")).startsWith("# nobody answers");
        assertThat(shown("export")).startsWith("# ");
        assertThat(shown("export", "-o", "html")).startsWith("<!DOCTYPE html>");
        assertThat(shown("investigation", "evidence")).startsWith("EVIDENCE deaf.asleep");
        assertThat(shown("investigation", "evidence", id(), "--hypothesis", "mute"))
                .startsWith("EVIDENCE mute");
    }

    @Test
    void anInvestigationIsNamedByTheBeginningOfItsId() {
        assertThat(shown("tree", "--of", id().substring(0, 12))).contains(id());
        assertThat(program.run("tree", "--of", "1999").err()).contains("no investigation's id begins with 1999");
    }

    @Test
    void jsonIsOneDocument() {
        for (List<String> command : List.of(
                List.of("tree"),
                List.of("evidence"),
                List.of("why", "mute"),
                List.of("why", "deaf"),
                List.of("step", "speak"),
                List.of("timeline"),
                List.of("next"),
                List.of("compare", "latest", "latest"),
                List.of("hand-over"),
                List.of("export"))) {
            List<String> arguments = new java.util.ArrayList<>(command);
            arguments.addAll(List.of("-o", "json"));
            JsonNode json = JsonMapper.shared().readTree(shown(arguments.toArray(String[]::new)));
            assertThat(json.path("schemaVersion").asInt())
                    .as(command.toString())
                    .isEqualTo(1);
        }
    }

    @Test
    void aStepThatWasNotRunSaysWhy() {
        assertThat(shown("step", "listen")).contains("STEP listen skipped").contains("its condition is not met");
    }

    @Test
    void aWrongNameIsAnsweredWithTheOneThatIsMeant() {
        Ran why = program.run("why", "aslep");
        Ran step = program.run("step", "speek");

        assertThat(why.exit()).isEqualTo(2);
        assertThat(why.err()).contains("no hypothesis aslep; did you mean 'asleep'?");
        assertThat(step.exit()).isEqualTo(2);
        assertThat(step.err()).contains("no step speek; did you mean 'speak'?");
    }

    @Test
    void twoInvestigationsAreCompared() throws IOException {
        String first = id();
        Files.writeString(folder.resolve("greeting.yaml"), GREETING.replace("[echo, hello]", "[echo, nothing]"));
        program.run("run", "greeting.yaml");

        assertThat(shown("compare", first))
                .contains("speak.spoke")
                .contains("A ✓ it said hello")
                .contains("B ✗ ");
    }

    @Test
    void aRunbookThatWasChangedSinceIsSaidWhereItCounts() throws IOException {
        Files.writeString(folder.resolve("greeting.yaml"), GREETING + "# changed\n");

        assertThat(shown("next")).contains("The runbook was changed since");
    }

    @Test
    void anEmptyJournalSaysWhatToTry() {
        Ran ran = new Program(folder.resolve("elsewhere")).run("tree");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no investigation yet; start one: whydunit demo");
    }
}
