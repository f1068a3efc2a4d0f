package dev.whydunit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Runbook SHOP = Fixture.runbook("""
            runbook: shop
            title: The shop is slow
            inputs: {limit: {type: duration, default: 300ms}}
            hypotheses:
              overload: {claim: No CPU is left, prior: common}
              database:
                claim: The database is slow
                why:
                  lock_wait: {claim: Sessions wait}
                  slow_query: {claim: A query is slow}
            steps:
              latency:
                look: {at: metrics}
                findings:
                  confirmed: {when: 'perhaps > double(inputs.limit)', symptom: true}
              load:
                look: {at: host}
                timeout: 3s
                findings:
                  saturated: {when: 'ratio > 0.9', says: 'load is ${{ ratio }}', supports: {overload: strong}}
              sessions:
                look: {at: database}
                retry: {times: 2, wait: 10s}
                findings:
                  waiting: {when: 'rows.exists(r, r.wait == "Lock" && r.n >= 3)', supports: {lock_wait: strong}}
              statements:
                needs: [sessions]
                look: {at: log}
                findings:
                  new_one: {when: 'inner.share > 0.5', supports: {slow_query: strong}}
              hosts:
                hosts: [web1, web2, web3]
                look: {at: '${{ host.name }}'}
                findings:
                  busy: {when: 'yes', supports: {overload: strong}}
              fix:
                effect: write
                look: {at: fix}
                findings:
                  helped: {when: 'yes', supports: {overload: weak}}
            """);

    private static final String SLOW = "  latency: {took: 100ms, result: {perhaps: 1.5}}\n";

    @Test
    void equalCasesGiveEqualEvents() {
        String yaml = "case: one\nobservations:\n" + SLOW + """
                  load: {took: 1s, result: {ratio: 0.95}}
                  sessions: {took: 700ms, result: {rows: [{wait: Lock, n: 4}]}}
                  statements: {took: 1s, error: gone}
                  hosts: {targets: {web1: {took: 1s, result: {yes: true}}, web2: {took: 2s, error: gone}, web3: {took: 500ms, result: {}}}}
                """;
        List<Event> first = Fixture.run(SHOP, yaml).events();

        for (int i = 0; i < 20; i++) {
            assertThat(Fixture.run(SHOP, yaml).events()).isEqualTo(first);
        }
        assertThat(first).isSortedAccordingTo(java.util.Comparator.comparing(Event::at));
    }

    @Test
    void theClockBeginsAtTheCasesMomentAndPassesAsTheCaseSays() {
        Replayed replayed = Fixture.run(SHOP, "case: one\nnow: 2026-03-01T10:00:00Z\nobservations:\n" + SLOW + """
                  load: {took: 2.5s, result: {ratio: 0.1}}
                  sessions: {took: 0.25, result: {}}
                  statements: {took: 1s, result: {}}
                  hosts: {took: 1s, result: {}}
                  fix: {took: 100ms, denied: true}
                """);

        assertThat(replayed.events().getFirst().at()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        // Four steps at once: load takes longest, the others fit beside it.
        assertThat(replayed.elapsed()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void whatComesAfterTheLimitOfAnInvestigationDidNotHappen() {
        Runbook patient = Fixture.runbook("""
                runbook: r
                title: R
                hypotheses: {a: {claim: A}}
                steps:
                  one: {look: {}, timeout: 10m, findings: {f: {when: 'yes', supports: {a: strong}}}}
                  two: {look: {}, timeout: 10m, findings: {f: {when: 'yes', supports: {a: strong}}}}
                  three: {look: {}, timeout: 10m, findings: {f: {when: 'yes', supports: {a: strong}}}}
                """);

        Replayed replayed = Fixture.run(patient, """
                case: one
                parallel: 1
                observations:
                  one: {took: 9m, result: {yes: true}}
                  two: {took: 9m, result: {yes: true}}
                  three: {took: 9m, result: {yes: true}}
                """);

        assertThat(replayed.events().getLast()).isInstanceOf(Event.Ended.class);
        assertThat(((Event.Ended) replayed.events().getLast()).ending()).isEqualTo("out_of_time");
        assertThat(replayed.findings().keySet()).containsExactly("one.f");
        assertThat(replayed.run()).containsExactly("one");
    }

    @Test
    void stepsRunAtOnceAsFarAsTheCaseAllows() {
        String yaml = "case: one\nparallel: 1\nobservations:\n" + SLOW + """
                  load: {took: 2s, result: {ratio: 0.1}}
                  sessions: {took: 2s, result: {}}
                  statements: {took: 1s, result: {}}
                  hosts: {took: 1s, result: {}}
                """;

        // One after another; the three hosts of a step are looked at together, and fix is denied at once.
        assertThat(Fixture.run(SHOP, yaml).elapsed()).isEqualTo(Duration.ofMillis(6100));
    }

    @Test
    void aStepThatTakesLongerThanItsTimeoutRunsOutOfTime() {
        Replayed replayed =
                Fixture.run(SHOP, "case: one\nobservations:\n" + SLOW + "  load: {took: 4s, result: {ratio: 0.95}}\n");

        assertThat(replayed.findings().get("load.saturated").outcome()).isEqualTo("unknown");
        assertThat(replayed.findings().get("load.saturated").says()).contains("did not end within 3 s");
    }

    @Test
    void aTimeOutWithoutADurationTakesTheStepsLimit() {
        Replayed replayed = Fixture.run(SHOP, "case: one\nobservations:\n" + SLOW + "  load: {timed_out: true}\n");

        assertThat(ended(replayed, "load").seconds()).isEqualTo(3);
    }

    @Test
    void whatAStepTookIsThatOfAllItsAttempts() {
        Replayed replayed =
                Fixture.run(SHOP, "case: one\nobservations:\n" + SLOW + "  sessions: {took: 1s, error: gone}\n");

        assertThat(ended(replayed, "sessions").seconds()).isEqualTo(1);
        assertThat(replayed.events().stream()
                        .filter(event -> event instanceof Event.StepStarted started
                                && started.step().equals("sessions")))
                .hasSize(3);
    }

    @Test
    void aStepThatTheCaseLeavesOutIsUnknownAndTakesWhatItIsExpectedTo() {
        Replayed replayed = Fixture.run(SHOP, "case: one\nobservations:\n" + SLOW);

        assertThat(replayed.findings().get("load.saturated").says()).contains("the case says nothing of it");
        assertThat(ended(replayed, "load").seconds()).isEqualTo(2);
        assertThat(replayed.verdict().status()).isEqualTo("inconclusive");
    }

    @Test
    void eachHostSeesItsOwnAndOneIsEnough() {
        Replayed replayed = Fixture.run(
                SHOP,
                "case: one\nobservations:\n" + SLOW
                        + "  hosts: {targets: {web1: {error: gone}, web3: {result: {yes: true}}}}\n");

        assertThat(replayed.findings().get("hosts.busy").outcome()).isEqualTo("true");
        assertThat(replayed.findings().get("hosts.busy").target()).contains("web3");
    }

    @Test
    void whatIsWrittenWithoutTargetsHoldsForAllOfThem() {
        Replayed replayed = Fixture.run(SHOP, "case: one\nobservations:\n" + SLOW + "  hosts: {result: {yes: true}}\n");

        assertThat(replayed.events().stream()
                        .filter(event -> event instanceof Event.StepEnded ended
                                && ended.step().equals("hosts")
                                && ended.error().isEmpty()))
                .hasSize(3);
    }

    @Test
    void aStepThatWritesIsAllowedWhereTheCaseSawIt() {
        assertThat(Fixture.run(SHOP, "case: one\nobservations:\n" + SLOW + "  fix: {result: {yes: true}}\n")
                        .findings()
                        .get("fix.helped")
                        .outcome())
                .isEqualTo("true");
        assertThat(Fixture.run(SHOP, "case: one\nobservations:\n" + SLOW + "  fix: {denied: true}\n")
                        .findings()
                        .get("fix.helped")
                        .says())
                .contains("needs approval");
    }

    @Test
    void nothingToLookAtIsUnknownWhereSomethingIsExpected() {
        Runbook expecting = Fixture.runbook("""
                runbook: r
                title: R
                hypotheses: {a: {claim: A}}
                steps:
                  one: {look: {}, expect_data: true, findings: {none: {when: count == 0, supports: {a: strong}}}}
                """);

        assertThat(Fixture.run(expecting, "case: one\nobservations: {one: {no_data: true}}\n")
                        .findings()
                        .get("one.none")
                        .outcome())
                .isEqualTo("unknown");
    }

    private static Event.StepEnded ended(Replayed replayed, String step) {
        return replayed.events().stream()
                .filter(event ->
                        event instanceof Event.StepEnded ended && ended.step().equals(step))
                .map(Event.StepEnded.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
