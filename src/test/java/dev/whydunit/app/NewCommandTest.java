package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewCommandTest {
    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void program() {
        program = new Program(folder);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "logs", "metrics"})
    void whatItWritesLintsClean(String template) throws IOException {
        Ran ran = program.run(
                "runbook",
                "new",
                "disk_full",
                "--title",
                "It's \"full\": # no?",
                "--symptom",
                "Writes fail",
                "--cause",
                "full=The disk is full",
                "--cause",
                "read_only=It is mounted: read-only",
                "--from",
                template,
                "--dir",
                "books/new");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("books/new/disk_full.yaml");
        assertThat(files())
                .containsExactly(
                        "books/new/disk_full.cases/full.yaml", "books/new/disk_full.yaml", "books/new/runbook-v1.json");
        Ran lint = program.run("runbook", "lint", "books/new/disk_full.yaml");
        assertThat(lint.out()).isEqualTo("no problems in 1 file\n");
        String text = Files.readString(folder.resolve("books/new/disk_full.yaml"));
        assertThat(text)
                .startsWith("# yaml-language-server: $schema=runbook-v1.json\n")
                .contains("# Next: ");
    }

    @Test
    void noFileIsWrittenOver() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "mine");

        Ran ran = program.run("runbook", "new", "a", "--cause", "b=C");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("a.yaml exists already; nothing was written");
        assertThat(files()).containsExactly("a.yaml");
        assertThat(Files.readString(folder.resolve("a.yaml"))).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../up --cause a=b",
                "Big --cause a=b",
                "x",
                "x --cause =b",
                "x --cause other=b",
                "x --cause a=b --cause a=c",
                "x --cause a=b --symptom ${{inputs.nothing}}"
            })
    void whatIsWrongIsSaidAndLeavesNothing(String arguments) throws IOException {
        Ran ran = program.run(("runbook new " + arguments).strip().split(" "));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("whydunit: ");
        assertThat(files()).isEmpty();
    }

    @Test
    void theInterviewAsksOneThingAfterAnother() throws Exception {
        String said = interview(
                "Bad Name\nslow_disk\n\nReads take long\nThe disk is worn out\n\nA backup runs\nbackup\n\nlogs\n", 0);

        assertThat(said)
                .contains("'Bad Name' is no id")
                .contains("What is it for, in a few words [Slow disk]: ")
                .contains("its id [disk_worn_out]: ");
        assertThat(files()).contains("slow_disk.yaml", "slow_disk.cases/disk_worn_out.yaml");
        assertThat(Files.readString(folder.resolve("slow_disk.yaml")))
                .contains("title: 'Slow disk'")
                .contains("  backup:\n    claim: 'A backup runs'")
                .contains("log_query");
    }

    @Test
    void theEndOfInputLeavesNothingBehind() throws Exception {
        assertThat(interview("slow_disk\n\n", 130)).contains("nothing was written");
        assertThat(files()).isEmpty();
    }

    /** The program in a process of its own, which is told that its input is a terminal. */
    private String interview(String answers, int exit) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "runbook",
                "new");
        builder.directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("WHYDUNIT_TERMINAL", "0");
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(answers.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(exit);
        return said;
    }
}
