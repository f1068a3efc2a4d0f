package dev.whydunit.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.authoring.rules.Profile;
import dev.whydunit.authoring.rules.Surroundings;
import dev.whydunit.runbook.Kinds;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MendTest {
    private static final String BAD = """
            # A comment\twith a tab that stays
            runbook:   slow      # spaces that stay
            title: Slow
            owner: no
            symptom: Slow\u00a0since ${{ inputs.cached }}
            inputs:
              cached: {type: string,\tdefault: off}   # off
            hypotheses:
              overload: {claim: Too “much” work}
              network: {claim: Packets are lost}
            steps:
              load:
                host_command: {run: [echo, 'it is “up”'], env: {BRANCH: 010}}
                findings:
                  high: {when: exit_code == 0, supports: {overload: strong}, refutes: {network: strong}}
            """;
    private static final String GOOD = """
            # A comment\twith a tab that stays
            runbook:   slow      # spaces that stay
            title: Slow
            owner: 'no'
            symptom: Slow since ${{ inputs.cached }}
            inputs:
              cached: {type: string, default: 'off'}   # off
            hypotheses:
              overload: {claim: Too “much” work}
              network: {claim: Packets are lost}
            steps:
              load:
                host_command: {run: [echo, 'it is "up"'], env: {BRANCH: '010'}}
                findings:
                  high: {when: exit_code == 0, supports: {overload: strong}, refutes: {network: strong}}
            """;

    @TempDir
    private Path folder;

    private final Lint lint =
            new Lint(new RunbookParser(Kinds.all()), Path.of(""), Profile.STANDARD, Surroundings.NONE);

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("slow.yaml"), text);
    }

    @Test
    void onlyWhatIsSafeIsChangedAndASecondTimeNothing() throws IOException {
        Path file = file(BAD);
        assertThat(lint.mend(List.of(file))).contains("- owner: no", "+ owner: 'no'");
        assertThat(Files.readString(file)).isEqualTo(GOOD);
        assertThat(lint.mend(List.of(file))).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(GOOD);
    }

    @Test
    void aByteOrderMarkLineEndsAndPermissionsStay() throws IOException {
        Path file = file("\uFEFF" + BAD.replace("\n", "\r\n"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        lint.mend(List.of(folder));
        assertThat(Files.readString(file)).isEqualTo("\uFEFF" + GOOD.replace("\n", "\r\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void anIgnoredWarningIsLeftAloneByTheMending() throws IOException {
        Path file = file(BAD.replace("owner: no", "owner: no # whydunit: ignore W104 it is a person's name"));
        lint.mend(List.of(file));
        assertThat(Files.readString(file)).contains("owner: no # whydunit");
    }

    @Test
    void anIgnoreHoldsForItsLineTheNextOneOrTheFile() throws IOException {
        String bad = GOOD.replace("owner: 'no'", "owner: no").replace("'off'", "off");
        assertThat(codes(bad)).contains("W104", "W104");
        assertThat(codes("# whydunit: ignore W104 said so\n" + bad)).doesNotContain("W104", "W191");
        assertThat(codes(bad.replace("owner: no", "# whydunit: ignore W104 said so\nowner: no")))
                .containsOnlyOnce("W104")
                .doesNotContain("W191");
        assertThat(codes(bad.replace("owner: no", "owner: no # whydunit: ignore W104")))
                .containsOnlyOnce("W104")
                .contains("W190");
        assertThat(codes(bad.replace("owner: no", "owner: no # whydunit: ignore W104, W203 said so")))
                .containsOnlyOnce("W104")
                .contains("W191");
    }

    @Test
    void aSecretIsNotShown() throws IOException {
        Path file = file(GOOD.replace("env: {", "env: {DB_PASSWORD: hunter2hunter2, "));
        String shown = LintFormat.TEXT.print(List.of(lint.check(file)));
        assertThat(shown).contains("W205").doesNotContain("hunter2");
    }

    private List<String> codes(String text) throws IOException {
        return lint.check(file(text)).problems().stream().map(Problem::code).toList();
    }
}
