package dev.whydunit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a person says counts, while it runs and after it has ended. */
class PeopleTest {
    private static final String RUNBOOK = """
            runbook: slow
            title: It is slow
            symptom: slow
            hypotheses:
              overload: {claim: No CPU left, prior: common}
              database: {claim: The database answers slowly, prior: common}
            steps:
              load:
                look: {about: load}
                findings:
                  busy: {when: 'yes', supports: {overload: strong}}
              queue:
                look: {about: queue}
                findings:
                  long: {when: 'yes', supports: {overload: strong}}
              statements:
                cost: 60s
                look: {about: statements}
                findings:
                  much: {when: 'yes', supports: {database: weak}}
            """;

    private static Rehearsal rehearsal() {
        return new Rehearsal(RUNBOOK).limits(new Limits(1, Limits.DEFAULT.total(), 10, Limits.DEFAULT.stepTimeout()));
    }

    private static Rehearsal concluded() {
        return rehearsal().answer("load", true).answer("queue", true).run();
    }

    @Test
    void whatAPersonRulesOutIsEvidenceAndTheOthersAreLookedAt() {
        Rehearsal first = concluded();
        assertThat(first.verdict().path()).containsExactly("overload");
        assertThat(first.notRun("statements").status()).isEqualTo(StepStatus.NOT_NEEDED);

        Rehearsal second = rehearsal()
                .answer("statements", true)
                .goingOnAfter(first.events)
                .reopenedFor();
        Investigation investigation = second.investigation();
        investigation.ruleOut("ann", "overload", "the graphs show idle CPUs");
        investigation.run();

        Event.RuledOut out = second.one(Event.RuledOut.class, it -> true);
        assertThat(out.moved().get("overload")).isLessThan(-6.9);
        assertThat(second.kind.looked).containsExactly("statements");
        assertThat(second.belief().get("overload")).isLessThan(first.belief().get("overload") / 2);
        Summary summary = SummaryFold.of("test", second.events);
        assertThat(summary.verdict().path()).doesNotContain("overload");
        assertThat(summary.people())
                .extracting(Summary.PersonSummary::text)
                .containsExactly("the graphs show idle CPUs");
        assertThat(summary.steps().stream().filter(step -> step.id().equals("statements")))
                .as("each step is there once")
                .hasSize(1);
        assertThat(summary.ending()).isEqualTo("completed");

        // What was ruled out stays so, however often it is gone on with.
        Rehearsal third = rehearsal().goingOnAfter(second.events).reopenedFor().run();
        assertThat(third.belief().get("overload")).isEqualTo(second.belief().get("overload"));
        assertThat(third.kind.looked).isEmpty();
    }

    @Test
    void aStepThatIsLookedAtAgainReplacesWhatWasSeen() {
        Rehearsal first = concluded();
        Rehearsal second = rehearsal()
                .answer("load", false)
                .goingOnAfter(first.events)
                .reopenedFor("load")
                .run();
        assertThat(second.kind.looked).contains("load").doesNotContain("queue");
        Summary summary = SummaryFold.of("test", second.events);
        assertThat(summary.evidence().stream().filter(seen -> seen.step().equals("load")))
                .singleElement()
                .satisfies(seen -> assertThat(seen.outcome()).isFalse());
        assertThat(summary.belief().get("overload")).isLessThan(first.belief().get("overload"));

        Rehearsal asIfAtOnce =
                rehearsal().answer("load", false).answer("queue", true).run();
        assertThat(summary.belief()).isEqualTo(asIfAtOnce.belief());
    }

    @Test
    void aStepThatWasNotNeededIsRunWhenAPersonWantsIt() {
        Rehearsal second = rehearsal()
                .answer("statements", true)
                .goingOnAfter(concluded().events)
                .reopenedFor("statements")
                .run();
        assertThat(second.kind.looked).containsExactly("statements");
    }

    @Test
    void cutOffAfterItWasReopenedItStillGoesOn() {
        Rehearsal first = concluded();
        Rehearsal cut = rehearsal()
                .answer("load", false)
                .goingOnAfter(first.events)
                .reopenedFor("load")
                .failingAfter(2);
        assertThatThrownBy(cut::run).isInstanceOf(JournalFailure.class);
        Rehearsal on =
                rehearsal().answer("load", false).goingOnAfter(cut.events).run();
        assertThat(on.kind.looked).contains("load");
        assertThat(SummaryFold.of("test", on.events).ending()).isEqualTo("completed");
    }

    @Test
    void anUnknownHypothesisIsRefused() {
        Investigation investigation = rehearsal().investigation();
        assertThatThrownBy(() -> investigation.ruleOut("ann", "network", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network");
    }

    @Test
    void aStoppedStepIsNotCheckedAndTheOthersGoOn() throws InterruptedException {
        CountDownLatch looking = new CountDownLatch(1);
        Rehearsal rehearsal = rehearsal()
                .answer("load", (look, context) -> {
                    looking.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("never");
                })
                .answer("queue", true)
                .answer("statements", true);
        Investigation investigation = rehearsal.investigation();
        Thread thread = Thread.ofPlatform().start(investigation::run);
        assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();
        investigation.note("ann", "stopping it");
        investigation.stopSteps();
        thread.join(20_000);
        assertThat(rehearsal.ended("load").error()).contains("was stopped");
        assertThat(rehearsal.kind.looked).contains("queue", "statements");
        assertThat(rehearsal.all(Event.Noted.class))
                .extracting(Event.Noted::text)
                .isEqualTo(List.of("stopping it"));
        assertThat(rehearsal.finding("load.busy").outcome()).isEqualTo("unknown");
    }
}
