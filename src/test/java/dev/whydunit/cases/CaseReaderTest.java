package dev.whydunit.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.replay.Fixture;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseReaderTest {
    private static final Runbook RUNBOOK = Fixture.runbook("""
            runbook: shop
            title: The shop is slow
            inputs:
              service: {type: string, from: alert.labels.service, default: shop}
              limit: {type: duration, default: 300ms}
            hypotheses:
              overload: {claim: No CPU is left}
              database: {claim: The database is slow, why: {lock_wait: {claim: Sessions wait}}}
            steps:
              load:
                look: {at: host}
                findings:
                  saturated: {when: 'inner.share > 0.9 && count > 2', supports: {overload: strong}}
                  known: {when: 'perhaps > 1.0', supports: {overload: weak}}
            """);

    private static ParsedCase read(String yaml) {
        return new CaseReader(RUNBOOK).read("one.yaml", yaml);
    }

    private static Case good(String yaml) {
        ParsedCase parsed = read(yaml);
        assertThat(parsed.problems()).isEmpty();
        return parsed.content().orElseThrow();
    }

    private static Fixture.Sight result(String observation) {
        Observation seen = good("case: one\nobservations:\n  load: " + observation + "\n")
                .observation("load", Optional.empty())
                .orElseThrow()
                .observation();
        return (Fixture.Sight) ((Observation.Seen) seen).result();
    }

    @Test
    void whatAResultDoesNotGiveIsZeroOrEmpty() {
        assertThat(result("{result: {inner: {share: 0.5}}, rest: empty}"))
                .isEqualTo(new Fixture.Sight(
                        0,
                        0,
                        false,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO,
                        new Fixture.Inner(0, 0.5),
                        List.of(),
                        Map.of(),
                        List.of()));
    }

    @Test
    void allTypesOfResultsCanBeWritten() {
        assertThat(result("""
                {result: {count: 3, ratio: .nan, yes: true, text: 'a: b', perhaps: 2, since: 2026-01-01T11:00:00Z, length: 90s,
                  inner: {retransmissions: 4, share: 1}, all: [{share: 0.5}], fields: {n: 5},
                  rows: [{n: 5, x: 5.0, s: '5', at: 2026-01-01T11:00:00Z, text: '2026-01-01T11:00:00Z'}]}}"""))
                .isEqualTo(new Fixture.Sight(
                        3,
                        Double.NaN,
                        true,
                        "a: b",
                        Optional.of(2.0),
                        Optional.of(Instant.parse("2026-01-01T11:00:00Z")),
                        Duration.ofSeconds(90),
                        new Fixture.Inner(4, 1),
                        List.of(new Fixture.Inner(0, 0.5)),
                        Map.of("n", "5"),
                        List.of(Map.of(
                                "n",
                                5L,
                                "x",
                                5.0,
                                "s",
                                "5",
                                "at",
                                Instant.parse("2026-01-01T11:00:00Z"),
                                "text",
                                "2026-01-01T11:00:00Z"))));
    }

    @Test
    void whatFindingsReadAndTheCaseDoesNotGiveIsNoted() {
        ParsedCase parsed = read("case: one\nobservations:\n  load: {result: {inner: {retransmissions: 1}}}\n");

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.notes())
                .extracting(ProblemRenderer::line)
                .containsExactly(
                        "one.yaml:3:3: load.saturated reads inner.share, which the case does not give: it is taken as"
                                + " zero or empty [N701]",
                        "one.yaml:3:3: load.saturated reads count, which the case does not give: it is taken as zero or"
                                + " empty [N701]");
        assertThat(read("case: one\nobservations:\n  load: {result: {}, rest: empty}\n")
                        .notes())
                .isEmpty();
    }

    @Test
    void aStepMayFailRunOutOfTimeOrBeDenied() {
        assertThat(unseen("{error: connection refused}").cause()).isEqualTo(Cause.FAILED);
        assertThat(unseen("{error: connection refused}").why()).isEqualTo("connection refused");
        assertThat(unseen("{timed_out: true}").cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(unseen("{denied: needs CAP_NET_RAW}").why()).isEqualTo("needs CAP_NET_RAW");
    }

    private static Observation.Unseen unseen(String observation) {
        return (Observation.Unseen) good("case: one\nobservations:\n  load: " + observation + "\n")
                .observation("load", Optional.empty())
                .orElseThrow()
                .observation();
    }

    @Test
    void inputsComeFromTheCaseElseFromItsAlertElseFromTheirDefaults() {
        Case one = good("""
                case: one
                alert: {labels: {service: cart}}
                inputs: {limit: 1s}
                """);

        assertThat(one.inputs()).isEqualTo(Map.of("service", "cart", "limit", Duration.ofSeconds(1)));
        assertThat(one.trigger().kind()).isEqualTo("alert");
        assertThat(one.trigger().alert()).containsEntry("status", "firing");
        assertThat(one.now()).isEqualTo(Instant.parse("2026-01-01T12:00:00Z"));
    }

    @Test
    void expectationsAreKeptWithTheirPlaces() {
        List<Expectation> expectations = good("""
                case: one
                expect:
                  verdict: concluded
                  path: lock_wait
                  probability: {overload: ..0.1, lock_wait: 0.9}
                  findings: {load.saturated: unknown}
                  run: load
                  within: 1.5
                """).expectations();

        assertThat(expectations.get(0)).isInstanceOf(Expectation.Status.class);
        assertThat(expectations.get(0).place().position().toString()).isEqualTo("one.yaml:3:12");
        assertThat(expectations.get(1))
                .isEqualTo(new Expectation.Path(expectations.get(1).place(), "database.lock_wait"));
        assertThat(expectations.get(2))
                .isEqualTo(new Expectation.Probability(expectations.get(2).place(), "overload", 0, 0.1));
        assertThat(((Expectation.Within) expectations.get(6)).time()).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            observations: {lod: {error: x}}                     | 2:16: runbook 'shop' has no step 'lod' [E701]
            expect: {findings: {load.saturatd: true}}           | 2:21: runbook 'shop' has no finding 'load.saturatd' [E702]
            expect: {path: databse}                             | 2:16: runbook 'shop' has no hypothesis 'databse' [E703]
            expect: {probability: {overload: 90 %}}             | 2:34: a probability is a number from 0 to 1 or a range of such, not '90 %' [E704]
            expect: {probability: {overload: 0.9..0.1}}         | 2:34: a probability is a number from 0 to 1 or a range of such, not '0.9..0.1' [E704]
            observations: {load: {took: 1s}}                    | 2:16: 'load' says nothing of what is seen [E705]
            observations: {load: {error: x, denied: y}}         | 2:16: 'load' says several things of what is seen [E705]
            runbook: other                                      | 1:7: this is a case of the runbook 'other', not of 'shop' [E706]
            inputs: {servce: x}                                 | 2:10: runbook 'shop' has no input 'servce' [E504]
            inputs: {limit: 5}                                  | 2:10: input 'limit' is a duration such as 90s or 1h30m, not '5' [E501]
            observations: {load: {result: {cont: 3}}}           | 2:32: the result of 'load' (look) has no key 'cont' [E201]
            observations: {load: {result: {count: many}}}       | 2:39: 'count' is a whole number, not 'many' [E203]
            observations: {load: {error: x, took: soon}}        | 2:39: this is a duration such as 250ms or 2s, or a number of seconds, not 'soon' [E203]
            expect: {verdict: certain}                          | 2:19: a verdict is one of concluded, narrowed, inconclusive, symptom_absent, not 'certain' [E204]
            observatons: {}                                     | 2:1: a case has no key 'observatons' [E201]
            """)
    void mistakesAreSaidWhereTheyAre(String line, String message) {
        ParsedCase parsed = read("case: one\n" + line + "\n");

        assertThat(parsed.problems()).extracting(ProblemRenderer::line).containsExactly("one.yaml:" + message);
    }

    @Test
    void aNameThatIsNearIsSuggested() {
        Problem problem =
                read("case: one\nexpect: {path: databse}\n").problems().getFirst();

        assertThat(problem.help()).isEqualTo("did you mean 'database'?");
    }

    @Test
    void unknownNamesAloneDoNotKeepAChangedRunbookFromBeingAsked() {
        assertThat(read("case: one\nobservations: {gone: {error: x}}\n").fitsExceptForNames())
                .isTrue();
        assertThat(read("case: one\nobservations: {load: {took: 1s}}\n").fitsExceptForNames())
                .isFalse();
    }
}
