package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordAndReplayTest {
    private static final String GREETING = """
            runbook: greeting
            title: Does the machine answer?
            symptom: ${{ inputs.who }} does not answer
            inputs:
              who: {type: string, default: nobody, from: alert.labels.service}
              window: {type: duration, default: 15m}
            hypotheses:
              mute: {claim: It cannot speak}
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

    private Program program = new Program(Path.of(""));

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(folder);
        Files.writeString(folder.resolve("greeting.yaml"), GREETING);
    }

    private String recorded(String... more) throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("run", "greeting.yaml", "--record", "greeting.cases/one.yaml"), Stream.of(more))
                .toArray(String[]::new);
        Ran ran = program.run(arguments);
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("kept as the case");
        return Files.readString(folder.resolve("greeting.cases/one.yaml"));
    }

    @Test
    void aRunIsKeptAsACaseThatPasses() throws IOException {
        String yaml = recorded();

        assertThat(yaml)
                .contains("runbook: greeting")
                .contains("inputs: {who: nobody, window: 15m}")
                .contains("verdict: concluded")
                .contains("path: deaf")
                .contains("probability: {deaf: 0.9959}");
        Ran test = program.run("runbook", "test", "greeting.yaml");
        assertThat(test.exit()).isZero();
        assertThat(test.out()).contains("✓ one").contains("1 case of 1 runbook: 1 passed");
    }

    @Test
    void nothingIsLeftBesideTheCase() throws IOException {
        recorded();

        try (Stream<Path> files = Files.list(folder.resolve("greeting.cases"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void secretsOfTheConfigurationAndTokensAreNotInTheCase() throws IOException {
        Files.writeString(folder.resolve("secret"), "tr0ub4dor&3\n");
        Files.writeString(
                folder.resolve("whydunit.yaml"),
                "sources:\n  shop: {kind: jdbc, url: 'jdbc:postgresql://127.0.0.1/x', user: u, password: 'file:secret'}\n");

        String yaml = recorded("-i", "who=tr0ub4dor&3 ghp_abcdefghijklmnopqrstuvwxyz0123456789 password=hunter2");

        assertThat(yaml)
                .doesNotContain("tr0ub4dor")
                .doesNotContain("ghp_")
                .doesNotContain("hunter2")
                .contains("<masked>");
    }

    @Test
    void aRerunOfTheSameRunbookComesToTheSame() {
        program.run("run", "greeting.yaml");

        Ran ran = program.run("investigation", "rerun", "-o", "json");

        JsonNode json = JsonMapper.shared().readTree(ran.out());
        assertThat(ran.exit()).isZero();
        assertThat(json.get("sameVerdict").asBoolean()).isTrue();
        assertThat(json.get("beliefMoved").isEmpty()).isTrue();
        assertThat(json.get("findingsChanged").isEmpty()).isTrue();
        assertThat(json.get("now").get("belief").get("deaf").asDouble())
                .isEqualTo(json.get("was").get("belief").get("deaf").asDouble());
    }

    @Test
    void aRerunWithAChangedRunbookSaysWhatIsDifferent() throws IOException {
        program.run("run", "greeting.yaml");
        Files.writeString(
                folder.resolve("changed.yaml"),
                GREETING.replace("stdout.contains(\"hello\")", "stdout.contains(\"good morning\")")
                        + """
                  look:
                    host_command: {run: [ls]}
                    findings:
                      empty: {when: stdout == "", supports: {mute: strong}}
                """.indent(-2).indent(2));

        Ran ran = program.run("investigation", "rerun", "latest", "--runbook", "changed.yaml", "--detailed-exitcode");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("was       concluded: deaf (99.59 %)")
                .contains("would be  inconclusive")
                .contains("The verdict differs.")
                .contains("speak.spoke                          true, now false")
                .contains("Not checked: nothing was recorded of these steps\n  look");
    }

    @Test
    void aCaseFileCanBeRerunToo() throws IOException {
        recorded();

        Ran ran = program.run("investigation", "rerun", "greeting.cases/one.yaml");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("would be  concluded: deaf");
    }

    @Test
    void whatTheChangedRunbookDoesNotHaveAnyMoreIsLeftOut() throws IOException {
        program.run("run", "greeting.yaml");
        Files.writeString(folder.resolve("shorter.yaml"), GREETING.substring(0, GREETING.indexOf("  listen:")));

        Ran ran = program.run("investigation", "rerun", "latest", "--runbook", "shorter.yaml");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("was       concluded: deaf").contains("No longer run\n  listen");
    }

    @Test
    void aRealRunOfSlowHostIsReplayedToTheSameVerdictAndBelief() {
        // The second time, what steps took the first time bears on their order.
        program.run("run", "slow_host");
        Ran run = program.run("run", "slow_host", "-o", "json", "--record", "host.yaml");
        assertThat(run.exit()).isZero();
        // It reads only: nothing but the case and the state is left behind.
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("greeting.yaml", "host.yaml", "state");

        Ran rerun = program.run("investigation", "rerun", "latest", "-o", "json");

        JsonNode real = JsonMapper.shared().readTree(run.out());
        JsonNode replayed = JsonMapper.shared().readTree(rerun.out());
        assertThat(replayed.get("sameVerdict").asBoolean()).as(rerun.out()).isTrue();
        assertThat(replayed.get("beliefMoved").isEmpty()).as(rerun.out()).isTrue();
        assertThat(replayed.get("now").get("verdict").get("path"))
                .isEqualTo(real.get("verdict").get("path"));
        List<String> chosen = real.get("steps")
                .valueStream()
                .filter(step -> step.get("status").asString().equals("ended"))
                .map(step -> step.get("id").asString())
                .toList();
        assertThat(replayed.get("now").get("steps").valueStream().map(JsonNode::asString))
                .containsAll(chosen);
        Ran fromFile = program.run("investigation", "rerun", "host.yaml", "-o", "json");
        assertThat(JsonMapper.shared().readTree(fromFile.out()).get("now")).isEqualTo(replayed.get("now"));
    }
}
