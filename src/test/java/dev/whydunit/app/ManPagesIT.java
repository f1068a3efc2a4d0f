package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual's pages as groff and man read them. */
class ManPagesIT {
    @TempDir
    Path folder;

    @Test
    void groffHasNothingToWarnOfInAnyPage() throws Exception {
        assertThat(new Program(folder).run("man", "--all", "pages").exit()).isZero();
        List<Path> pages;
        try (Stream<Path> found = Files.list(folder.resolve("pages"))) {
            pages = found.toList();
        }
        assertThat(pages).hasSizeGreaterThan(30);

        for (Path page : pages) {
            String shown = shown(List.of("groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=78n", page.toString()));

            assertThat(Files.readString(folder.resolve("stderr")))
                    .as(page.toString())
                    .isEmpty();
            assertThat(shown).contains("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO");
        }
    }

    @Test
    void manShowsWhatHelpSays() throws Exception {
        Path page = Files.writeString(
                folder.resolve("page.1"),
                new Program(folder).run("man", "runbook", "lint").out());

        String shown = shown(List.of("man", "--warnings=w", "-P", "cat", "-l", page.toString()));

        assertThat(Files.readString(folder.resolve("stderr"))).isEmpty();
        assertThat(shown)
                .contains("whydunit-runbook-lint - Check runbooks")
                .contains("--profile")
                .contains("'# whydunit: ignore CODE reason'")
                .contains("WHYDUNIT_CONFIG");
    }

    private String shown(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MANWIDTH", "78");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectError(folder.resolve("stderr").toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }
}
