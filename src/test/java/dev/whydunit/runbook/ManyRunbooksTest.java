package dev.whydunit.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.authoring.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyRunbooksTest {
    @TempDir
    private Path folder;

    /** No two are alike, so that nothing is gained from having seen the text before. */
    private Path write(String example) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            String text = example.replace("runbook: web_slowdown", "runbook: web_slowdown_" + i)
                    .replace("> 0.02", "> 0.02" + i)
                    .replace("p.count > 20", "p.count > " + i)
                    .replace("double(inputs.objective)", "double(inputs.objective) * 1." + i);
            Files.writeString(folder.resolve("runbook-" + i + ".yaml"), text);
        }
        return folder;
    }

    /** The time is printed, not asserted: a slow machine is no defect. The aim is well below 5 s. */
    @Test
    void aThousandRunbooksAreLoadedAndChecked() throws IOException {
        String example = RunbookParserTest.resource("web_slowdown.yaml");
        List<Path> folder = List.of(write(example));
        long start = System.nanoTime();
        List<Lint.CheckedFile> checked = new Lint(RunbookParserTest.PARSER).check(folder);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("1,000 runbooks of 6 steps loaded and checked in " + took.toMillis() + " ms");
        assertThat(checked).hasSize(1_000).allMatch(file -> file.identity().isPresent());
    }
}
