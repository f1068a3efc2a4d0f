package dev.whydunit.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.runbook.Kinds;
import dev.whydunit.runbook.RunbookParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintTest {
    private static final String GOOD = """
            runbook: slow
            title: Slow
            hypotheses: {overload: {claim: Too much work}}
            steps:
              load:
                host_command: {run: [cat, /proc/loadavg]}
                findings: {high: {when: exit_code == 0, supports: {overload: weak}}}
            """;

    @TempDir
    private Path folder;

    private List<Lint.CheckedFile> checked;

    @BeforeEach
    void check() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), GOOD);
        Files.writeString(
                folder.resolve("b.yml"), GOOD.replace("exit_code", "exit_cod").replace("slow", "other"));
        Files.writeString(folder.resolve("c.yaml"), GOOD);
        Files.write(folder.resolve("d.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.writeString(folder.resolve("notes.txt"), "no runbook");
        checked = new Lint(new RunbookParser(Kinds.all())).check(List.of(folder, folder.resolve("none.yaml")));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void filesAndFoldersAreChecked() {
        assertThat(LintFormat.LINES.print(checked))
                .isEqualTo(at("b.yml") + ":7:29: unknown name 'exit_cod' [E401]\n"
                        + at("c.yaml") + ":1:10: runbook 'slow' is also the id of " + at("a.yaml") + " [E317]\n"
                        + at("d.yaml") + ":1:1: the file is not UTF-8 text [E100]\n"
                        + at("none.yaml") + ":1:1: the file does not exist [E100]\n");
        assertThat(LintFormat.TEXT.print(checked))
                .contains("= help: did you mean 'exit_code'?")
                .endsWith("4 problems in 5 files\n");
    }

    @Test
    void githubShowsThemBesideTheLines() {
        assertThat(LintFormat.GITHUB.print(checked))
                .contains(
                        "::error file=" + at("b.yml")
                                + ",line=7,col=29,endColumn=37,title=E401::unknown name 'exit_cod'%0Adid you mean 'exit_code'?");
    }

    @Test
    void jsonAndSarifAreOneDocumentEach() {
        JsonNode json = JsonMapper.builder().build().readTree(LintFormat.JSON.print(checked));
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.path("problems").path(0).path("code").asString()).isEqualTo("E401");
        JsonNode sarif = JsonMapper.builder().build().readTree(LintFormat.SARIF.print(checked));
        JsonNode result = sarif.path("runs").path(0).path("results").path(0);
        assertThat(result.path("ruleId").asString()).isEqualTo("E401");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(7);
    }
}
