package dev.whydunit.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program in a real terminal. */
class ShellIT {
    private static final String SLEEPY = """
            runbook: sleepy
            title: It takes its time
            symptom: it is slow
            hypotheses:
              tired: {claim: It is tired, prior: common}
              busy: {claim: It is busy, prior: common}
            steps:
              first:
                host_command: {run: [sleep, '%s']}
                timeout: 5m
                findings:
                  slept: {when: exit_code == 0, supports: {tired: strong}}
              second:
                needs: [first]
                host_command: {run: [sleep, '%s']}
                timeout: 5m
                findings:
                  slept: {when: exit_code == 0, supports: {tired: strong}}
              desk:
                needs: [first]
                ask: {question: 'Does it yawn?', choices: [yes, no]}
                findings:
                  yawns: {when: 'answer == "yes"', says: it yawns, supports: {tired: strong}}
            """;

    @TempDir
    Path folder;

    private Tmux start(Map<String, String> more) throws IOException, InterruptedException {
        Path arguments = folder.resolve("java.args");
        Files.writeString(
                arguments,
                "-XX:TieredStopAtLevel=1\n-XX:+UseSerialGC\n--enable-native-access=ALL-UNNAMED\n-Dfile.encoding=UTF-8\n-cp\n\""
                        + System.getProperty("java.class.path") + "\"\ndev.whydunit.app.Main\n");
        Map<String, String> variables = new HashMap<>(Map.of(
                "WHYDUNIT_STATE", folder.resolve("state").toString(),
                "WHYDUNIT_TERMINAL", "012",
                "LANG", "C.UTF-8",
                "NO_COLOR", "1"));
        variables.putAll(more);
        return new Tmux(
                folder,
                80,
                30,
                variables,
                List.of(
                        "sh",
                        "-c",
                        "trap : INT; cd '" + folder + "' && '" + Path.of(System.getProperty("java.home"), "bin", "java")
                                + "' @'" + arguments + "'; echo ended with $?; exec cat"));
    }

    @Test
    void aNightOnCall() throws Exception {
        try (Tmux terminal = start(Map.of())) {
            assertThat(terminal.untilShown("whydunit ▸")).containsExactly("""
                    Nothing was investigated yet. Try: demo (a real outage, found in half a minute),
                     or: run slow_host
                    help says what to do first.
                    whydunit ▸""".split("\n"));

            terminal.type("runbook sho").press("Tab");
            terminal.untilShown("runbook show");
            terminal.press("C-u").type("demo --fault lock").press("Tab");
            assertThat(terminal.untilShown("lock_wait").getLast()).endsWith("demo --fault lock_wait");
            terminal.press("Enter");

            // It runs behind the prompt, and the prompt says so.
            terminal.untilShown("alert HighLatency fires");
            terminal.until(
                    Duration.ofSeconds(60),
                    screen -> screen.stream().anyMatch(line -> line.matches("\\S{4} web_slowdown \\d+s ▸.*")));
            terminal.type("watch").press("Enter");
            List<String> watched = terminal.untilShown("HYPOTHESES");
            assertThat(watched.getFirst()).startsWith("investigation ");
            assertThat(watched.getLast())
                    .isEqualTo("Enter open / filter Esc back q quit  t tree  e evidence  s summary  l timeline");
            terminal.press("q");
            assertThat(terminal.until(
                            Duration.ofSeconds(120),
                            screen -> screen.stream().anyMatch(line -> line.startsWith("more: evidence"))))
                    .anyMatch(line -> line.contains("lock"));

            terminal.press("Enter").press("C-l").type("why lock").press("Tab").press("Enter");
            terminal.untilShown("WHAT PUSHES IT");
            terminal.press("q").press("C-u").press("C-l").type("confirm lock").press("Tab");
            terminal.untilShown("confirm lock_wait");
            terminal.press("Enter");
            terminal.untilShown("confirmed database.lock_wait");
            terminal.press("C-l").type("export -o md").press("Enter");
            assertThat(terminal.untilShown("# Why:"))
                    .anyMatch(line -> line.contains("## Hypotheses") || line.contains("**Remedy"));
            terminal.press("q").press("C-u").press("C-l").type("quit").press("Enter");
            terminal.untilShown("ended with 0");
        }
    }

    @Test
    void controlCStopsTheStepThenTheInvestigationAndNeverTheShell() throws Exception {
        Files.writeString(folder.resolve("sleepy.yaml"), SLEEPY.formatted("300", "301"));
        try (Tmux terminal = start(Map.of())) {
            terminal.untilShown("whydunit ▸");
            terminal.type("run sleepy.yaml").press("Enter");
            terminal.untilShown("first 0.");
            terminal.type("half a li");
            terminal.untilShown("half a li");
            terminal.press("C-c");
            terminal.until(
                    Duration.ofSeconds(20),
                    screen -> screen.stream().anyMatch(line -> line.matches("\\S+ sleepy \\d+s ▸")));
            terminal.type("note 'typed while it runs'").press("Enter");
            terminal.untilShown("noted in");
            terminal.press("C-c");
            terminal.untilShown("was stopped");
            // The next steps go on; the question is answered, the long one is stopped with the rest.
            terminal.untilShown("step desk asks: Does it yawn?");
            terminal.type("answer yes").press("Enter");
            terminal.untilShown("it yawns");
            terminal.press("C-c").press("C-c");
            List<String> end = terminal.untilShown("more: evidence");
            assertThat(String.join("\n", end)).contains("Interrupted");
            terminal.press("Enter").type("investigation list").press("Enter");
            terminal.untilShown("sleepy");
            terminal.press("C-d");
            terminal.untilShown("ended with 0");
        }
    }

    @Test
    void leavingWhileSomethingRunsIsAskedForTwice() throws Exception {
        Files.writeString(folder.resolve("sleepy.yaml"), SLEEPY.formatted("300", "301"));
        try (Tmux terminal = start(Map.of())) {
            terminal.untilShown("whydunit ▸");
            terminal.type("run sleepy.yaml").press("Enter");
            terminal.untilShown("first 0.");
            terminal.press("C-d");
            terminal.untilShown("leave again to stop it and go");
            terminal.press("C-d");
            terminal.untilShown("ended with 0");
        }
    }

    @Test
    void theFullScreenFollowsTheTerminalsSize() throws Exception {
        Files.writeString(folder.resolve("sleepy.yaml"), SLEEPY.formatted("0", "0"));
        try (Tmux terminal = start(Map.of())) {
            terminal.untilShown("whydunit ▸");
            terminal.type("run sleepy.yaml").press("Enter");
            terminal.untilShown("Does it yawn?");
            terminal.type("answer no").press("Enter");
            terminal.untilShown("more: evidence");
            terminal.press("Enter").type("watch").press("Enter");
            terminal.untilShown("STEPS");
            terminal.resize(50, 12);
            terminal.until(
                    Duration.ofSeconds(20),
                    screen -> screen.size() <= 12
                            && screen.getFirst().startsWith("investigation")
                            && screen.stream().allMatch(line -> line.length() <= 50));
            terminal.type("/desk");
            terminal.until(
                    Duration.ofSeconds(20),
                    screen -> screen.stream().anyMatch(line -> line.startsWith("> ") && line.contains("desk")));
            terminal.press("Enter").press("Enter");
            terminal.untilShown("step desk");
            terminal.press("Escape");
            terminal.untilShown("/desk");
            terminal.press("q");
            terminal.untilShown("sleepy");
        }
    }

    @Test
    void aDumbTerminalWithoutUtf8GetsLinesOfAscii() throws Exception {
        Files.writeString(folder.resolve("sleepy.yaml"), SLEEPY.formatted("0", "0"));
        try (Tmux terminal = start(Map.of("TERM", "dumb", "LANG", "C", "LC_ALL", "C"))) {
            terminal.untilShown("whydunit >");
            terminal.type("run sleepy.yaml").press("Enter");
            terminal.untilShown("Does it yawn?");
            terminal.type("answer yes").press("Enter");
            terminal.untilShown("more: evidence");
            assertThat(terminal.all().chars().allMatch(c -> c < 0x7f)).isTrue();
            terminal.type("quit").press("Enter");
            terminal.untilShown("ended with 0");
        }
    }
}
