package dev.whydunit.step.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.Touch;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.step.TestStepContext;
import dev.whydunit.step.hostcommand.HostCommandKind;
import dev.whydunit.yaml.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemedyKindTest {
    private static final RemedyKind KIND = new RemedyKind();

    private static RemedyParameters script(String text, Map<String, String> env, Optional<String> stdin) {
        return new RemedyParameters(
                "pool", List.of(), Optional.of(text), stdin, env, Optional.empty(), Optional.empty());
    }

    private static List<Problem> problems(String steps) {
        return new RunbookParser(List.of(KIND.signature(), new HostCommandKind().signature()))
                .parse("r.yaml", """
                        runbook: pool
                        title: The pool
                        symptom: slow
                        hypotheses:
                          pool_exhausted: {claim: The pool is exhausted}
                        steps:
                        """ + steps.indent(2))
                .problems();
    }

    @Test
    void theQuestionHasAllThatChangesItsEffect() {
        assertThat(KIND.rendered(script("rm \"$lock\"", Map.of("lock", "a b"), Optional.of("yes"))))
                .contains("rm \"$lock\"")
                .contains("lock='a b'")
                .contains("<<<yes");
    }

    @Test
    void aScriptIsTheShellToPolicy() {
        assertThat(KIND.touches(script("systemctl restart shop", Map.of(), Optional.empty())))
                .singleElement()
                .extracting(touch -> ((Touch.Program) touch).name())
                .isEqualTo("sh");
        assertThat(KIND.writes()).isTrue();
    }

    @Test
    void withoutAnybodysLeaveItDoesNothing(@TempDir Path folder) throws Exception {
        Observation observation = KIND.observe(
                script("touch canary", Map.of(), Optional.empty()), TestStepContext.in(folder, Duration.ofSeconds(10)));

        assertThat(((Unseen) observation).cause()).isEqualTo(Cause.DENIED);
        assertThat(folder.resolve("canary")).doesNotExist();
    }

    @Test
    void itNeedsExactlyOneOfRunAndScript() {
        assertThatThrownBy(() -> new RemedyParameters(
                        "pool",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessage("remedy needs exactly one of run and script");
    }

    @Test
    void itsHypothesisIsOneOfTheRunbooks() {
        assertThat(problems("free: {remedy: {for: pool_exausted, run: [true]}}"))
                .extracting(problem -> problem.code() + " " + problem.message() + " / " + problem.help())
                .containsExactly("E302 there is no hypothesis 'pool_exausted' / did you mean 'pool_exhausted'?");
        assertThat(problems("free: {remedy: {for: other, run: [true]}}"))
                .extracting(problem -> problem.code() + " " + problem.help())
                .containsExactly("E302 nobody knows what remedies a cause that the runbook does not name");
        assertThat(problems("free: {remedy: {run: [true]}}"))
                .extracting(Problem::message)
                .containsExactly("remedy needs 'for'");
    }

    @Test
    void itCannotSayThatItOnlyReads() {
        assertThat(problems("free: {effect: read, remedy: {for: pool_exhausted, run: [true]}}"))
                .extracting(Problem::code)
                .containsExactly("E318");
    }

    @Test
    void whatIsSeenAfterwardsMayNotMoveBelief() {
        assertThat(problems("""
                        free: {remedy: {for: pool_exhausted, run: [true]}, findings: {ok: {when: done, says: Done}}}
                        again:
                          needs: free
                          host_command: {run: [true]}
                          findings: {f: {when: exit_code == 0, supports: {pool_exhausted: weak}}}
                        """)).extracting(Problem::code).containsExactly("E319");
    }
}
