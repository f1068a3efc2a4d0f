package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts in the shells that they are made for, and the packaged program that they ask for names. */
class CompletionScriptsIT {
    private static final String RUNBOOK = """
            runbook: disk_full
            title: A full disk
            symptom: writes fail
            inputs: {mount: {type: string, about: Where it is mounted, default: /}}
            hypotheses: {full: {claim: It is full}, slow: {claim: It is slow}}
            steps:
              look: {host_command: {run: [df]}, findings: {is: {when: exit_code == 0, supports: {full: weak}}}}
            """;

    private static final String BASH = """
            source "$1"
            COMP_LINE=$2 COMP_POINT=${#2}
            shift 2
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _whydunit whydunit
            ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
            """;

    /** Types the lines, each with Tab at its end, into a zsh in a terminal, and prints what then stands there. */
    private static final String ZSH = """
            zmodload zsh/zpty
            zpty inside "zsh -f -i"
            zpty -w inside "PS1=; RPS1=; autoload -Uz compinit; compinit -D -u; source $1; stty -echo columns 200; show() { print -r -- \\"<<\\$BUFFER>>\\"; BUFFER=; zle accept-line }; zle -N show; bindkey '^X' show; print READY''NOW"
            zpty -r -m inside out '*READYNOW*'
            shift
            for line in "$@"; do
              zpty -w -n inside "$line"$'\\t\\C-x'
              zpty -r -m inside out '*<<*>>*'
              print -r -- "$out"
            done
            zpty -d inside
            """;

    @TempDir
    Path folder;

    private Path work;

    @BeforeEach
    void program() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path program = Files.writeString(
                bin.resolve("whydunit"),
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -jar '%s' \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                Path.of(System.getProperty("whydunit.app"), "whydunit.jar")));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        work = Files.createDirectories(folder.resolve("work"));
        Files.createDirectory(work.resolve("runbooks"));
        Files.writeString(work.resolve("runbooks/disk_full.yaml"), RUNBOOK);
        Files.writeString(work.resolve("notes.txt"), "");
    }

    @Test
    void bashCompletesCommandsOptionsValuesNamesAndFiles() throws Exception {
        Path script = script("bash");

        assertThat(bash(script, "whydunit runb")).containsExactly("runbook");
        assertThat(bash(script, "whydunit rule-")).containsExactly("rule-out");
        assertThat(bash(script, "whydunit runbook l")).containsExactlyInAnyOrder("list", "lint");
        assertThat(bash(script, "whydunit inv sh")).containsExactly("show");
        assertThat(bash(script, "whydunit run --out")).containsExactly("--output");
        assertThat(bash(script, "whydunit run -o ")).containsExactly("text", "json", "md", "html");
        assertThat(bash(script, "whydunit run --output=j")).containsExactly("json");
        assertThat(bash(script, "whydunit demo --fault po")).containsExactly("pool_exhausted");
        assertThat(bash(script, "whydunit runbook lint ")).containsExactly("runbooks");
        assertThat(bash(script, "whydunit run --alert no")).containsExactly("notes.txt");
        assertThat(bash(script, "whydunit run disk")).containsExactly("disk_full");
        assertThat(bash(script, "whydunit run disk_full -i mo")).containsExactly("mount=");
        assertThat(bash(script, "whydunit runbook explain E10")).contains("E100", "E101");
        assertThat(bash(script, "whydunit run disk_full --since ")).isEmpty();
    }

    @Test
    void aNameThatWouldBeACommandIsPutIntoTheLineQuoted() throws Exception {
        Files.writeString(work.resolve("runbooks/x$(touch made).yaml"), RUNBOOK);

        assertThat(bash(script("bash"), "whydunit run x")).containsExactly("x\\$\\(touch\\ made\\)");
        assertThat(work.resolve("made")).doesNotExist();
    }

    @Test
    void fishCompletesWithDescriptions() throws Exception {
        Path script = script("fish");

        assertThat(fish(script, "whydunit runb")).containsExactly("runbook\tList, show and check runbooks.");
        assertThat(fish(script, "whydunit rule-").getFirst()).startsWith("rule-out\tSay that");
        assertThat(fish(script, "whydunit inv sh").getFirst()).startsWith("show\tThe summary");
        assertThat(fish(script, "whydunit run --out").getFirst()).startsWith("--output\t");
        assertThat(fish(script, "whydunit run -o ")).containsExactlyInAnyOrder("text", "json", "md", "html");
        assertThat(fish(script, "whydunit run --output=j")).containsExactly("--output=json");
        assertThat(fish(script, "whydunit run disk")).containsExactly("disk_full\trunbooks/disk_full.yaml");
        assertThat(fish(script, "whydunit run disk_full -i mo").getFirst()).startsWith("mount=\tWhere it is");
        assertThat(fish(script, "whydunit run --alert no")).containsExactly("notes.txt");
    }

    @Test
    void zshCompletesInATerminal() throws Exception {
        Path script = script("zsh");

        List<String> screens = zsh(
                script,
                "whydunit runb",
                "whydunit rule-",
                "whydunit inv sh",
                "whydunit run -o j",
                "whydunit demo --fault po",
                "whydunit run disk",
                "whydunit run disk_full -i mo",
                "whydunit run --alert no",
                "whydunit runbook l");

        assertThat(screens.stream().map(CompletionScriptsIT::buffer))
                .containsExactly(
                        "whydunit runbook ",
                        "whydunit rule-out ",
                        "whydunit inv show ",
                        "whydunit run -o json ",
                        "whydunit demo --fault pool_exhausted ",
                        "whydunit run disk_full ",
                        "whydunit run disk_full -i mount=",
                        "whydunit run --alert notes.txt ",
                        "whydunit runbook li");
    }

    /** From a folder of fpath, as zsh's own completions are found. */
    @Test
    void zshFindsItInItsFolderOfFunctions() throws Exception {
        Path functions = Files.createDirectory(folder.resolve("functions"));
        Files.copy(script("zsh"), functions.resolve("_whydunit"));
        Path setting =
                Files.writeString(folder.resolve("setting"), "fpath=('" + functions + "' $fpath); compinit -D -u\n");

        assertThat(buffer(zsh(setting, "whydunit rule-").getFirst())).isEqualTo("whydunit rule-out ");
    }

    private static String buffer(String screen) {
        return screen.substring(screen.lastIndexOf("<<") + 2, screen.lastIndexOf(">>"));
    }

    private Path script(String shell) throws Exception {
        Path script = folder.resolve("completion." + shell);
        Files.writeString(script, ran(List.of(folder.resolve("bin/whydunit").toString(), "completion", shell)));
        return script;
    }

    private List<String> bash(Path script, String line) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", "--norc", "-c", BASH, "driver", script.toString(), line));
        // As bash breaks a line: = and : are words.
        Pattern.compile("[=:]+|[^\\s=:]+").matcher(line).results().forEach(word -> command.add(word.group()));
        if (line.endsWith(" ")) {
            command.add("");
        }
        return ran(command).lines().toList();
    }

    private List<String> fish(Path script, String line) throws Exception {
        return ran(List.of("fish", "-c", "source '" + script + "'; complete -C '" + line + "'"))
                .lines()
                .toList();
    }

    private List<String> zsh(Path script, String... lines) throws Exception {
        Path driver = Files.writeString(folder.resolve("driver.zsh"), ZSH);
        List<String> command = new ArrayList<>(List.of("zsh", "-f", driver.toString(), script.toString()));
        command.addAll(List.of(lines));
        return Arrays.stream(ran(command).split("(?<=>>)\r?\n"))
                .filter(one -> one.contains("<<"))
                .toList();
    }

    private String ran(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("WHYDUNIT_STATE", folder.resolve("state").toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TERM", "dumb");
        builder.redirectError(folder.resolve("stderr").toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("stderr")))
                    .isZero();
            return out;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
