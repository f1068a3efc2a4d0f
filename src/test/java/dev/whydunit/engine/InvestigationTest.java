package dev.whydunit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InvestigationTest {
    private static final String WORKED_EXAMPLE = """
            runbook: worked_example
            title: The worked example
            symptom: slow
            hypotheses:
              overload: {claim: No CPU left, prior: common}
              database:
                claim: The database answers slowly
                prior: common
                remedy: Call the database team.
                why:
                  slow_query: {claim: One query reads too much, remedy: Add the index., prevention: Test plans.}
                  lock_wait: {claim: Sessions wait for a lock}
                  pool_exhausted: {claim: The pool is exhausted}
              network: {claim: Packets are lost}
            steps:
              host_load:
                look: {about: load}
                findings:
                  saturated: {when: 'yes', says: 'number is ${{ number }}', supports: {overload: strong}}
              sessions:
                needs: [host_load]
                look: {about: sessions}
                findings:
                  waiting_for_locks: {when: 'yes', supports: {lock_wait: strong}}
              slow_statements:
                needs: [sessions]
                look: {about: statements}
                findings:
                  new_slow_pattern: {when: 'yes', supports: {slow_query: strong}, refutes: {network: moderate}}
              plan:
                needs: [slow_statements]
                look: {about: plan}
                findings:
                  reads_much: {when: 'yes', supports: {slow_query: strong}}
              wire:
                needs: [plan]
                cost: 10s
                look: {about: wire}
                findings:
                  loss: {when: 'yes', supports: {network: strong}}
                  clean: {when: '!yes', refutes: {network: strong}}
            """;

    private static Rehearsal workedExample() {
        return new Rehearsal(WORKED_EXAMPLE).answer("statements", true).answer("plan", true);
    }

    @Test
    void theWorkedExampleComesOutOfTheWholeEngine() {
        Rehearsal rehearsal = workedExample().run();

        double[][] expected = {
            {0.3000, 0.3000, 0.0857, 0.0857, 0.0857, 0.1500, 0.2500},
            {0.0820, 0.3934, 0.1124, 0.1124, 0.1124, 0.1967, 0.3279},
            {0.0900, 0.3342, 0.1234, 0.0257, 0.1234, 0.2159, 0.3599},
            {0.0284, 0.8445, 0.7781, 0.0081, 0.0389, 0.0136, 0.1135},
            {0.0018, 0.9902, 0.9859, 0.0005, 0.0025, 0.0009, 0.0072}
        };
        List<Event.BeliefMoved> moves = rehearsal.all(Event.BeliefMoved.class);
        assertThat(moves).hasSize(expected.length);
        String[] paths = {
            "overload",
            "database",
            "database.slow_query",
            "database.lock_wait",
            "database.pool_exhausted",
            "network",
            "other"
        };
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < paths.length; column++) {
                assertThat(moves.get(row).belief().get(paths[column]))
                        .as(paths[column] + " in row " + row)
                        .isCloseTo(expected[row][column], within(0.0001));
            }
        }
        assertThat(rehearsal.verdict().status()).isEqualTo("concluded");
        assertThat(rehearsal.verdict().path()).containsExactly("database", "slow_query");
        assertThat(rehearsal.verdict().claim()).isEqualTo("One query reads too much");
        assertThat(rehearsal.verdict().remedy()).isEqualTo("Add the index.");
        assertThat(rehearsal.verdict().restsOn()).containsExactlyInAnyOrder("slow_statements", "plan");
        assertThat(rehearsal.notRun("wire").status()).isEqualTo(StepStatus.NOT_NEEDED);
    }

    @Test
    void theStepThatTellsMostPerSecondGoesFirstAndTheJournalSaysWhy() {
        Rehearsal rehearsal = new Rehearsal(WORKED_EXAMPLE.replaceAll("(?m)^    needs: .*\n", ""))
                .limits(new Limits(1, Duration.ofMinutes(1), 10, Duration.ofSeconds(10)))
                .run();

        assertThat(rehearsal.all(Event.StepChosen.class).getFirst()).satisfies(chosen -> {
            assertThat(chosen.step()).isEqualTo("host_load");
            assertThat(chosen.why()).isEqualTo("0.4524 bits for 1 s");
        });
        assertThat(rehearsal.all(Event.StepChosen.class).getLast().step()).isEqualTo("wire");
    }

    @Test
    void aFindingOfAFailedStepLeavesBeliefUnchanged() {
        Rehearsal rehearsal = workedExample()
                .answer("load", (look, context) -> {
                    throw new IllegalStateException("the disk is gone");
                })
                .answer("statements", false)
                .answer("plan", false);
        rehearsal.run();

        assertThat(rehearsal.ended("host_load").status()).isEqualTo(StepStatus.FAILED);
        assertThat(rehearsal.ended("host_load").error()).contains("the disk is gone");
        assertThat(rehearsal.finding("host_load.saturated").outcome()).isEqualTo("unknown");
        assertThat(rehearsal.finding("host_load.saturated").moved()).isEmpty();
        assertThat(rehearsal.verdict().status()).isEqualTo("inconclusive");
    }

    @Test
    void aStepThatDoesNotEndIsTimedOutAndTheRunGoesOn() {
        Rehearsal rehearsal = new Rehearsal("""
                        runbook: slow_step
                        title: A slow step
                        symptom: slow
                        hypotheses: {a: {claim: A}, b: {claim: B}}
                        steps:
                          forever:
                            timeout: 50ms
                            look: {about: forever}
                            findings: {f: {when: 'yes', supports: {a: strong}}}
                          after:
                            needs: [forever]
                            look: {about: after}
                            findings: {f: {when: 'yes', supports: {b: strong}}}
                        """)
                .answer("forever", (look, context) -> {
                    new CountDownLatch(1).await();
                    return FakeKind.sees(true);
                })
                .answer("after", true)
                .run();

        assertThat(rehearsal.ended("forever").status()).isEqualTo(StepStatus.TIMED_OUT);
        assertThat(rehearsal.ended("forever").error()).contains("did not end within 50 ms");
        assertThat(rehearsal.finding("after.f").outcome()).isEqualTo("true");
    }

    @Test
    void stoppingEndsRunningStepsAndGivesTheVerdictSoFar() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Rehearsal rehearsal = new Rehearsal(WORKED_EXAMPLE).answer("load", (look, context) -> {
            looking.countDown();
            try {
                new CountDownLatch(1).await();
                return FakeKind.sees(true);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        Investigation investigation = rehearsal.investigation();
        AtomicReference<String> ending = new AtomicReference<>("");
        Thread thread = Thread.ofVirtual().start(() -> ending.set(investigation.run()));
        looking.await();

        investigation.stop();
        thread.join();

        interrupted.await();
        assertThat(ending.get()).isEqualTo("interrupted");
        assertThat(rehearsal.notRun("plan").why()).isEqualTo("the investigation was stopped before its turn");
        assertThat(rehearsal.all(Event.Judged.class)).hasSize(1);
        assertThat(rehearsal.events.getLast()).isInstanceOf(Event.Ended.class);
    }

    @Test
    void theSymptomIsAbsentOnlyWhenEveryStepThatMayConfirmItHasLooked() {
        Rehearsal rehearsal = new Rehearsal("""
                        runbook: two_symptoms
                        title: Two symptoms
                        symptom: slow
                        hypotheses: {a: {claim: A}, b: {claim: B}}
                        steps:
                          one:
                            look: {about: first}
                            findings: {slow: {when: 'yes', symptom: true}}
                          two:
                            needs: [one]
                            look: {about: second}
                            findings: {slow: {when: 'yes', symptom: true}}
                          cause:
                            needs: [two]
                            look: {about: cause}
                            findings: {f: {when: 'yes', supports: {a: conclusive}}}
                        """)
                .answer("first", false)
                .answer("second", true)
                .answer("cause", true)
                .run();

        assertThat(rehearsal.ended("two").status()).isEqualTo(StepStatus.ENDED);
        assertThat(rehearsal.finding("cause.f").outcome()).isEqualTo("true");
        assertThat(rehearsal.verdict().status()).isEqualTo("concluded");
    }

    @Test
    void noMoreStepsRunAtOnceThanAllowed() {
        StringBuilder yaml =
                new StringBuilder("runbook: many\ntitle: Many\nsymptom: s\nhypotheses: {a: {claim: A}}\nsteps:\n");
        for (int i = 0; i < 30; i++) {
            yaml.append("  s").append(i).append(": {look: {about: x}}\n");
        }
        Rehearsal rehearsal = new Rehearsal(yaml.toString())
                .limits(new Limits(3, Duration.ofMinutes(1), 10, Duration.ofSeconds(10)))
                .answer("x", (look, context) -> {
                    Thread.yield();
                    return FakeKind.sees(true);
                })
                .run();

        assertThat(rehearsal.all(Event.StepEnded.class)).hasSize(30);
        assertThat(rehearsal.kind.most.get()).isBetween(1, 3);
    }

    @Test
    void aFailedAttemptIsMadeAgainAsOftenAsItsAuthorSays() {
        AtomicInteger attempts = new AtomicInteger();
        Rehearsal rehearsal = new Rehearsal("""
                        runbook: again
                        title: Again
                        symptom: s
                        hypotheses: {a: {claim: A}}
                        steps:
                          look_again:
                            retry: {times: 2, wait: 1ms}
                            look: {about: x}
                            findings: {f: {when: 'yes', supports: {a: strong}}}
                        """)
                .answer("x", (look, context) -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return FakeKind.sees(true);
                })
                .run();

        assertThat(rehearsal.finding("look_again.f").outcome()).isEqualTo("true");
        assertThat(rehearsal.all(Event.StepStarted.class).stream().map(Event.StepStarted::attempt))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aConditionOnBeliefIsLookedAtAgainWheneverBeliefMoves() {
        String yaml = WORKED_EXAMPLE + """
                  released:
                    if: 'probability("slow_query") > 0.5'
                    look: {about: released}
                """;
        Rehearsal met = new Rehearsal(yaml).answer("statements", true).run();
        Rehearsal never = new Rehearsal(yaml).run();

        assertThat(met.ended("released").status()).isEqualTo(StepStatus.ENDED);
        assertThat(never.notRun("released").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(never.notRun("released").why())
                .contains("its condition is not met: probability(\"slow_query\") > 0.5");
    }

    @Test
    void whatNeedsAStepThatWasNotRunIsNotRunEither() {
        Rehearsal rehearsal = new Rehearsal(WORKED_EXAMPLE + """
                          released:
                            if: 'probability("slow_query") > 0.99'
                            look: {about: released}
                          who_released:
                            needs: [released]
                            look: {about: who}
                        """).run();

        assertThat(rehearsal.notRun("released").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(rehearsal.notRun("who_released").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(rehearsal.notRun("who_released").why()).isEqualTo("needs released, which was not run");
    }

    @Test
    void aFalseSymptomEndsTheSearch() {
        Rehearsal rehearsal = new Rehearsal("""
                        runbook: absent
                        title: Absent
                        symptom: slow
                        hypotheses: {a: {claim: A}}
                        steps:
                          cause:
                            needs: [problem]
                            look: {about: cause}
                            findings: {f: {when: 'yes', supports: {a: conclusive}}}
                          problem:
                            look: {about: problem}
                            findings: {slow: {when: 'yes', symptom: true}}
                        """)
                .answer("problem", false)
                .answer("cause", true)
                .run();

        assertThat(rehearsal.verdict().status()).isEqualTo("symptom_absent");
        assertThat(rehearsal.notRun("cause").status()).isEqualTo(StepStatus.NOT_NEEDED);
        assertThat(rehearsal.notRun("cause").why()).isEqualTo("the symptom is absent");
    }

    @Test
    void alwaysStepsRunEvenWhenTheVerdictIsClear() {
        Rehearsal rehearsal = new Rehearsal(WORKED_EXAMPLE + """
                          tidy:
                            needs: [plan]
                            always: true
                            look: {about: tidy}
                        """)
                .answer("statements", true)
                .answer("plan", true)
                .run();

        assertThat(rehearsal.verdict().status()).isEqualTo("concluded");
        assertThat(rehearsal.ended("tidy").status()).isEqualTo(StepStatus.ENDED);
    }

    @Test
    void aStepForEachItemLooksAtEachAndAFindingIsTrueWhereAnyIs() {
        Rehearsal rehearsal = new Rehearsal("""
                        runbook: each
                        title: Each
                        symptom: s
                        hypotheses: {a: {claim: A}}
                        steps:
                          disks:
                            for_each: '["x", "y", "z"]'
                            look: {about: disk, with: '${{ each }}'}
                            findings: {full: {when: 'yes', says: 'a disk is full', supports: {a: strong}}}
                        """)
                .answer("disk", (look, context) -> FakeKind.sees(look.with().equals("y")))
                .run();

        assertThat(rehearsal.all(Event.StepEnded.class).stream()
                        .map(ended -> ended.target().orElse("")))
                .containsExactlyInAnyOrder("x", "y", "z");
        assertThat(rehearsal.finding("disks.full").outcome()).isEqualTo("true");
        assertThat(rehearsal.finding("disks.full").says()).isEqualTo("y: a disk is full");
    }

    @Test
    void aHostThatCannotBeReachedIsNotCheckedAndTheOthersAre() {
        Rehearsal rehearsal = new Rehearsal("""
                        runbook: hosts
                        title: Hosts
                        symptom: s
                        inputs: {service: {type: string}}
                        hypotheses: {a: {claim: A}}
                        steps:
                          load:
                            hosts: '${{ service.hosts }}'
                            look: {about: load}
                            findings: {high: {when: 'yes', supports: {a: strong}}}
                        """)
                .inputs(Map.of("service", "shop"))
                .answer("load", false)
                .run();

        assertThat(rehearsal
                        .one(Event.StepEnded.class, ended -> ended.target().equals(java.util.Optional.of("here")))
                        .status())
                .isEqualTo(StepStatus.ENDED);
        Event.StepEnded elsewhere = rehearsal.one(
                Event.StepEnded.class, ended -> ended.target().equals(java.util.Optional.of("elsewhere")));
        assertThat(elsewhere.status()).isEqualTo(StepStatus.FAILED);
        assertThat(elsewhere.error()).contains("host elsewhere is not this machine");
        assertThat(rehearsal.finding("load.high").outcome()).isEqualTo("unknown");
    }

    @Test
    void aFindingThatReadsWhatIsAbsentIsUnknown() {
        Rehearsal rehearsal = new Rehearsal("""
                        runbook: absent_value
                        title: Absent value
                        symptom: s
                        hypotheses: {a: {claim: A}}
                        steps:
                          look_there:
                            look: {about: x}
                            findings: {f: {when: 'perhaps == "x"', supports: {a: strong}}}
                        """).run();

        assertThat(rehearsal.finding("look_there.f").outcome()).isEqualTo("unknown");
        assertThat(rehearsal.finding("look_there.f").says()).contains("perhaps");
    }

    @Test
    void nothingToLookAtIsUnknownWhereDataIsExpectedAndReadOtherwise() {
        String yaml = """
                runbook: empty
                title: Empty
                symptom: s
                hypotheses: {a: {claim: A}}
                steps:
                  look_there:
                    expect_data: %s
                    look: {about: x}
                    findings: {f: {when: 'yes', supports: {a: strong}}}
                """;
        FakeKind.Answer nothing = (look, context) -> new Observation.Seen(
                new FakeKind.Sight(false, 0, java.util.Optional.empty(), List.of()), false, List.of(), List.of());

        assertThat(new Rehearsal(yaml.formatted("true"))
                        .answer("x", nothing)
                        .run()
                        .finding("look_there.f")
                        .outcome())
                .isEqualTo("unknown");
        assertThat(new Rehearsal(yaml.formatted("false"))
                        .answer("x", nothing)
                        .run()
                        .finding("look_there.f")
                        .outcome())
                .isEqualTo("false");
    }

    @Test
    void aStepThatChangesSomethingRunsOnlyWhenItIsApproved() {
        String yaml = """
                runbook: change
                title: Change
                symptom: s
                hypotheses: {a: {claim: A}}
                steps:
                  restart:
                    effect: write
                    look: {about: restart}
                """;
        Rehearsal denied = new Rehearsal(yaml).run();
        Rehearsal granted = new Rehearsal(yaml)
                .approvals(wish -> new Approvals.Answer(wish.command().equals("look at restart"), "ann"))
                .run();

        assertThat(denied.kind.looked).isEmpty();
        assertThat(denied.ended("restart").status()).isEqualTo(StepStatus.DENIED);
        assertThat(granted.kind.looked).containsExactly("restart");
        assertThat(granted.one(Event.Approval.class, approval -> true))
                .satisfies(approval -> assertThat(approval.by()).isEqualTo("ann"));
    }

    @Test
    void anInvestigationEndsAtItsTimeLimitWithWhatItKnows() {
        Rehearsal rehearsal = workedExample()
                .limits(new Limits(1, Duration.ofMillis(200), 10, Duration.ofSeconds(30)))
                .answer("load", (look, context) -> {
                    new CountDownLatch(1).await();
                    return FakeKind.sees(true);
                });
        String ending = rehearsal.investigation().run();

        assertThat(ending).isEqualTo("out_of_time");
        assertThat(rehearsal.verdict().status()).isEqualTo("inconclusive");
    }
}
