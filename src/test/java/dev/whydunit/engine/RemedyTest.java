package dev.whydunit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RemedyTest {
    private static final String YAML = """
            runbook: pool
            title: The pool
            symptom: slow
            hypotheses:
              database:
                claim: The database is slow
                why:
                  pool: {claim: The pool is exhausted}
                  lock: {claim: There is a lock}
              network: {claim: The network is slow}
            steps:
              free: {apply: {for: pool, by: restart}}
              look_again:
                needs: free
                always: true
                look: {about: after}
                findings: {better: {when: 'yes', says: It is better}}
              one: {look: {about: one}, findings: {f: {when: 'yes', supports: {pool: conclusive}}}}
              two: {look: {about: two}, findings: {f: {when: 'yes', supports: {pool: conclusive}}}}
              three: {look: {about: three}, findings: {f: {when: 'yes', supports: {network: conclusive}}}}
            """;
    private static final Approvals YES = wish -> new Approvals.Answer(true, "ann");

    private static Rehearsal concluding() {
        return new Rehearsal(YAML).answer("one", true).answer("two", true).answer("after", true);
    }

    private static int first(Rehearsal rehearsal, Class<? extends Event> type, String step) {
        for (int i = 0; i < rehearsal.events.size(); i++) {
            Event event = rehearsal.events.get(i);
            boolean about = !(event instanceof Event.StepStarted started)
                    || started.step().equals(step);
            if (type.isInstance(event) && about) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void itIsDoneOnceItsHypothesisIsTheVerdictAndAPersonAllowsIt() {
        Rehearsal rehearsal = concluding().approvals(YES).run();

        assertThat(rehearsal.verdict().path()).containsExactly("database", "pool");
        assertThat(rehearsal.remedy.applied).containsExactly("restart");
        assertThat(rehearsal.ended("free").result()).containsEntry("approvedBy", "ann");
        assertThat(rehearsal.kind.looked).last().isEqualTo("look_again");
    }

    @Test
    void theVerdictIsSaidBeforeItIsDoneAndOnlyOnce() {
        Rehearsal rehearsal = concluding().approvals(YES).run();

        assertThat(rehearsal.all(Event.Judged.class)).hasSize(1);
        assertThat(first(rehearsal, Event.Judged.class, ""))
                .isLessThan(first(rehearsal, Event.Approval.class, ""))
                .isLessThan(first(rehearsal, Event.StepStarted.class, "free"));
    }

    @Test
    void itIsNotNeededWhenTheVerdictIsAnother() {
        Rehearsal rehearsal =
                new Rehearsal(YAML).answer("three", true).approvals(YES).run();

        assertThat(rehearsal.verdict().path()).containsExactly("network");
        assertThat(rehearsal.remedy.applied).isEmpty();
        assertThat(rehearsal.notRun("free").status()).isEqualTo(StepStatus.NOT_NEEDED);
        assertThat(rehearsal.notRun("free").why()).isEqualTo("it remedies pool, which is not the verdict");
        assertThat(rehearsal.notRun("look_again").why()).contains("needs free");
    }

    @Test
    void itIsNotNeededWithoutAVerdict() {
        Rehearsal rehearsal = new Rehearsal(YAML).approvals(YES).run();

        assertThat(rehearsal.verdict().path()).isEmpty();
        assertThat(rehearsal.remedy.applied).isEmpty();
    }

    @Test
    void whatIsSeenAfterwardsMovesNothing() {
        Rehearsal better = concluding().approvals(YES).run();
        Rehearsal worse = concluding().answer("after", false).approvals(YES).run();

        assertThat(better.finding("look_again.better").outcome()).isEqualTo("true");
        assertThat(worse.belief()).isEqualTo(better.belief());
    }

    @Test
    void deniedItIsNotDoneAndTheVerdictStands() {
        Rehearsal rehearsal = concluding().run();

        assertThat(rehearsal.remedy.applied).isEmpty();
        assertThat(rehearsal.ended("free").status()).isEqualTo(StepStatus.DENIED);
        assertThat(rehearsal.verdict().path()).containsExactly("database", "pool");
    }

    /** A person who says nothing: what is asked waits until it is taken back. */
    private static final class Silent implements Approvals {
        final CompletableFuture<String> asked = new CompletableFuture<>();
        final CompletableFuture<Answer> answer = new CompletableFuture<>();

        @Override
        public Answer ask(Wish wish) throws InterruptedException {
            asked.complete(wish.step());
            try {
                return answer.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void withdraw(String step, String why) {
            answer.complete(Answer.withdrawn(why));
        }
    }

    @Test
    void itsQuestionIsWithdrawnWhenTheVerdictIsAnotherByNow() {
        Silent silent = new Silent();
        Rehearsal rehearsal = new Rehearsal(
                        YAML.replace("for: pool", "for: database").replaceFirst("  two: .*\n", ""))
                .answer("one", true)
                .approvals(silent);
        Investigation investigation = rehearsal.investigation();

        runWhile(investigation, silent, () -> investigation.ruleOut("ann", "pool", "there are free connections"));

        assertThat(rehearsal
                        .one(Event.ApprovalWithdrawn.class, withdrawn -> true)
                        .why())
                .isEqualTo("database is no longer the verdict");
        List<Event.Judged> judged = rehearsal.all(Event.Judged.class);
        assertThat(judged).as("what it was asked for, and what holds now").hasSize(2);
        assertThat(judged.getFirst().verdict().path()).contains("database");
        assertThat(judged.getLast().verdict().path()).doesNotContain("database");
        assertThat(rehearsal.remedy.applied).isEmpty();
    }

    private static void runWhile(Investigation investigation, Silent silent, Runnable meanwhile) {
        CompletableFuture<String> ending =
                CompletableFuture.supplyAsync(investigation::run, Thread::startVirtualThread);
        assertThat(silent.asked).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("free");
        meanwhile.run();
        assertThat(ending).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void itsQuestionIsWithdrawnWhenItsHypothesisIsRuledOutWhileItWaits() {
        Silent silent = new Silent();
        Rehearsal rehearsal = concluding().approvals(silent);
        Investigation investigation = rehearsal.investigation();

        runWhile(investigation, silent, () -> investigation.ruleOut("ann", "pool", "there are free connections"));

        assertThat(rehearsal.remedy.applied).isEmpty();
        assertThat(rehearsal.one(Event.ApprovalWithdrawn.class, withdrawn -> true))
                .extracting(Event.ApprovalWithdrawn::step, Event.ApprovalWithdrawn::why)
                .containsExactly("free", "pool was ruled out");
        assertThat(rehearsal.all(Event.Approval.class)).isEmpty();
        assertThat(rehearsal.ended("free").status()).isEqualTo(StepStatus.DENIED);
        assertThat(rehearsal.ended("free").error()).contains("its question was withdrawn: pool was ruled out");
    }

    @Test
    void itsQuestionStaysWhenAnotherHypothesisIsRuledOut() {
        Silent silent = new Silent();
        Rehearsal rehearsal = concluding().approvals(silent);
        Investigation investigation = rehearsal.investigation();

        runWhile(investigation, silent, () -> {
            investigation.ruleOut("ann", "network", "it is quick");
            await().until(() -> rehearsal.all(Event.RuledOut.class).size() == 1);
            // After the next message was heard nothing more comes of the first.
            investigation.note("ann", "go on");
            await().until(() -> rehearsal.all(Event.Noted.class).size() == 1);
            silent.answer.complete(new Approvals.Answer(true, "ann"));
        });

        assertThat(rehearsal.remedy.applied).containsExactly("restart");
        assertThat(rehearsal.all(Event.ApprovalWithdrawn.class)).isEmpty();
    }

    @Test
    void itsQuestionIsWithdrawnWhenTheInvestigationIsStopped() {
        Silent silent = new Silent();
        Rehearsal rehearsal = concluding().approvals(silent);
        Investigation investigation = rehearsal.investigation();

        runWhile(investigation, silent, investigation::stop);

        assertThat(rehearsal
                        .one(Event.ApprovalWithdrawn.class, withdrawn -> true)
                        .why())
                .isEqualTo("the step was stopped");
        assertThat(silent.answer).as("whoever keeps it is told").isCompleted();
        assertThat(rehearsal.remedy.applied).isEmpty();
    }

    @Test
    void anAnswerThatCrossesThePersonWhoRulesItOutDoesNotCount() {
        AtomicReference<Investigation> running = new AtomicReference<>();
        Rehearsal rehearsal = concluding();
        rehearsal.approvals(wish -> {
            running.get().ruleOut("ann", "pool", "there are free connections");
            running.get().note("ann", "heard");
            await().until(() -> rehearsal.all(Event.Noted.class).size() == 1);
            return new Approvals.Answer(true, "bob");
        });
        running.set(rehearsal.investigation());
        running.get().run();

        assertThat(rehearsal.remedy.applied).isEmpty();
        assertThat(rehearsal.all(Event.ApprovalWithdrawn.class)).hasSize(1);
    }

    @Test
    void whatItsProcessDiedBeforeTakingBackIsTakenBackByTheNext() {
        Silent silent = new Silent();
        Rehearsal before = concluding().approvals(silent);
        Investigation investigation = before.investigation();
        runWhile(investigation, silent, () -> investigation.ruleOut("ann", "pool", "there are free connections"));
        List<Event> cut = new ArrayList<>(before.events);
        int heard = cut.indexOf(before.one(Event.RuledOut.class, out -> true));
        List<String> taken = new ArrayList<>();
        Rehearsal after = concluding().approvals(new Approvals() {
            @Override
            public Answer ask(Wish wish) {
                return new Answer(true, "ann");
            }

            @Override
            public void withdraw(String step, String why) {
                taken.add(step + ": " + why);
            }
        });

        after.goingOnAfter(cut.subList(0, heard + 1)).run();

        assertThat(taken).containsExactly("free: pool was ruled out");
        assertThat(after.remedy.applied).isEmpty();
        assertThat(after.notRun("free").status()).isEqualTo(StepStatus.NOT_NEEDED);
        assertThat(after.notRun("free").why()).isEqualTo("it remedies pool, which was ruled out");
    }

    @Test
    void killedAtAnyMomentItIsDoneOnceOrLeftToAPerson() {
        int events = concluding().approvals(YES).run().events.size();
        for (int cut = 1; cut < events; cut++) {
            Rehearsal before = concluding().approvals(YES).failingAfter(cut);
            boolean died = false;
            try {
                before.run();
            } catch (JournalFailure e) {
                died = true;
            }
            assertThat(died).isTrue();
            Rehearsal after =
                    concluding().approvals(YES).goingOnAfter(before.events).run();

            int times = before.remedy.applied.size() + after.remedy.applied.size();
            boolean left = after.all(Event.Resumed.class).stream()
                    .anyMatch(resumed -> resumed.left().contains("free"));
            assertThat(times).as("cut after " + cut).isLessThanOrEqualTo(1);
            assertThat(left || times == 1).as("cut after " + cut).isTrue();
            assertThat(after.all(Event.Judged.class)).as("cut after " + cut).hasSize(1);
            assertThat(after.all(Event.Ended.class)).as("cut after " + cut).hasSize(1);
        }
    }

    private static final String MANY = """
            runbook: many
            title: Many
            symptom: s
            hypotheses: {a: {claim: A}}
            steps:
              restart:
                effect: write
                %s
                look: {about: restart}
            """;

    private static List<String> asked(Rehearsal rehearsal) {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        rehearsal
                .approvals(wish -> {
                    asked.add(wish.target().orElse("") + " " + wish.attempt());
                    return new Approvals.Answer(true, "ann");
                })
                .run();
        return asked;
    }

    @Test
    void anApprovalIsGoodForOneAttempt() {
        Rehearsal rehearsal = new Rehearsal(MANY.formatted("retry: {times: 2, wait: 1ms}"))
                .answer("restart", (look, context) -> new Observation.Unseen(Observation.Cause.FAILED, "no", ""));

        assertThat(asked(rehearsal)).containsExactly(" 1", " 2", " 3");
    }

    @Test
    void anApprovalIsGoodForOneTarget() {
        Rehearsal rehearsal = new Rehearsal(MANY.formatted("for_each: '[\"a\", \"b\"]'"));

        assertThat(asked(rehearsal)).containsExactlyInAnyOrder("a 1", "b 1");
    }

    @Test
    void whatPolicyDeniesNobodyIsAskedAndBeliefStaysAsItWas() {
        Rehearsal rehearsal = concluding()
                .permissions(deed -> deed.writes() && deed.kind().equals("apply")
                        ? new Permissions.Denied("policy grants nobody this", "policy.writes, whydunit.yaml:3")
                        : new Permissions.Allowed("responder", Duration.ofMinutes(1)));
        List<String> asked = asked(rehearsal);

        assertThat(asked).isEmpty();
        assertThat(rehearsal.remedy.applied).isEmpty();
        assertThat(rehearsal.ended("free").status()).isEqualTo(StepStatus.DENIED);
        assertThat(rehearsal.ended("free").error())
                .isEqualTo(Optional.of("policy grants nobody this (policy.writes, whydunit.yaml:3)"));
        assertThat(rehearsal.belief())
                .isEqualTo(concluding().approvals(YES).run().belief());
    }

    @Test
    void theTimeInWhichAPersonIsWaitedForIsNoneOfTheInvestigations() {
        Rehearsal rehearsal = concluding()
                .limits(new Limits(4, Duration.ofMillis(700), 10, Duration.ofSeconds(5)))
                .approvals(wish -> {
                    // Longer than the whole investigation may take.
                    Thread.sleep(Duration.ofMillis(1000));
                    return new Approvals.Answer(true, "ann");
                });
        String ending = rehearsal.investigation().run();

        assertThat(ending).isEqualTo("completed");
        assertThat(rehearsal.remedy.applied).containsExactly("restart");
    }
}
