package dev.whydunit.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.cli.Application;
import dev.whydunit.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.shell.test.ShellTestClient;

/** Lines as they are typed, through Spring Shell's test client. */
class ShellTest {
    private static final String GREETING = """
            runbook: greeting
            title: Does the machine answer?
            symptom: it does not answer
            inputs:
              who: {type: string, default: nobody}
            hypotheses:
              mute: {claim: It cannot speak, prior: common}
              deaf: {claim: It cannot hear, prior: common}
            steps:
              speak:
                host_command: {run: [echo, 'hello ${{ inputs.who }}']}
                findings:
                  spoke: {when: 'stdout.contains("hello")', says: 'it said ${{ stdout }}', supports: {deaf: strong}}
              listen:
                host_command: {run: [echo, nothing]}
                findings:
                  ignored: {when: 'stdout.contains("nothing")', supports: {deaf: strong}}
            """;

    @TempDir
    Path folder;

    private ShellTestClient client;
    private Inside inside;

    @BeforeEach
    void shell() throws IOException {
        Files.writeString(folder.resolve("greeting.yaml"), GREETING);
        Console console = new Console(nowhere(), nowhere(), false, false, false, false, true, 80);
        Application application = new Application(
                console,
                Map.of("WHYDUNIT_STATE", folder.resolve("state").toString()),
                folder,
                StepKindsForTests::stepKinds,
                StepKindsForTests.sourceKinds());
        ShellWords words = new ShellWords();
        Scripted stage = new Scripted(console);
        inside = new Inside(
                application, console, Optional.empty(), stage, stage, new Aliases(folder.resolve("aliases"), words));
        client = new ShellTestClient(words, Shell.registry(inside));
    }

    private static PrintStream nowhere() {
        return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    }

    private List<String> send(String line) throws Exception {
        return client.sendCommand(line).lines();
    }

    @Test
    void helpBeginsWithWhatIsDoneFirst() throws Exception {
        assertThat(send("help")).startsWith("What one does first:").hasSizeLessThan(20);
        assertThat(send("help why")).anyMatch(line -> line.contains("whydunit why"));
        assertThat(send("help")).allMatch(line -> line.length() <= 100);
    }

    @Test
    void whatIsRunIsWhatTheNextCommandsAreAbout() throws Exception {
        assertThat(send("run greeting.yaml -i who='two words'"))
                .anyMatch(line -> line.startsWith("Why: It cannot hear"));
        assertThat(send("step speak")).anyMatch(line -> line.contains("echo 'hello two words'"));
        assertThat(send("why deaf")).anyMatch(line -> line.contains("×20"));
        assertThat(send("note 'it was the cable'")).first().asString().startsWith("noted in ");
        assertThat(send("hand-over")).anyMatch(line -> line.contains("it was the cable"));
        send("run greeting.yaml -i who=other");
        assertThat(send("step speak")).anyMatch(line -> line.contains("echo 'hello other'"));
        send("use " + send("investigation list").getLast().substring(0, 20));
        assertThat(send("step speak")).anyMatch(line -> line.contains("echo 'hello two words'"));
    }

    @Test
    void aLineMayBeginWithTheProgramsNameAsOnAPage() throws Exception {
        assertThat(send("whydunit version")).first().asString().startsWith("whydunit ");
    }

    @Test
    void aCommandThatThereIsNotIsSaidWithWhatWasProbablyMeant() throws Exception {
        assertThat(send("hepl")).anyMatch(line -> line.contains("hepl"));
        assertThat(send("timelin")).anyMatch(line -> line.contains("timeline"));
        assertThat(inside.lastExit()).isEqualTo(2);
    }

    @Test
    void emptyStatesSayWhatToTry() throws Exception {
        assertThat(send("tree")).anyMatch(line -> line.contains("whydunit demo"));
        assertThat(send("investigation list")).anyMatch(line -> line.contains("whydunit demo"));
    }

    @Test
    void anAliasStandsForTheBeginningOfACommandAndIsKept() throws Exception {
        assertThat(send("alias v='version'")).isEmpty();
        assertThat(send("v -o json")).anyMatch(line -> line.contains("\"schemaVersion\"") || line.contains("whydunit"));
        assertThat(send("alias")).containsExactly("v='version'");
        assertThat(Files.readString(folder.resolve("aliases"))).isEqualTo("v=version\n");
        send("unalias v");
        assertThat(send("alias")).first().asString().startsWith("no aliases yet");
        assertThat(send("alias 9=x")).first().asString().contains("alias ll='investigation list'");
    }

    @Test
    void wordsAreSplitAsAShellDoes() {
        ShellWords words = new ShellWords();
        assertThat(words.split("note 'a b' \"c d\" e\\ f k='x y' '' \"it's\""))
                .containsExactly("note", "a b", "c d", "e f", "k=x y", "", "it's");
        assertThat(words.split("./whydunit run x")).containsExactly("run", "x");
        assertThatThrownBy(() -> words.split("note 'open"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quote");
    }

    @Test
    void aServerIsNotStartedInsideTheShell() throws Exception {
        assertThat(send("serve")).first().asString().contains("start it outside: whydunit serve");
    }
}
