package dev.whydunit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResumeTest {
    private static final String RUNBOOK = """
            runbook: cut_off
            title: An investigation that is cut off
            symptom: slow
            hypotheses:
              overload: {claim: No CPU left, prior: common}
              database:
                claim: The database answers slowly
                why:
                  slow_query: {claim: One query reads too much, remedy: Add the index.}
                  lock_wait: {claim: Sessions wait for a lock}
            steps:
              load:
                look: {about: load}
                findings:
                  busy: {when: 'yes', says: 'load ${{ number }}', supports: {overload: strong}}
                  idle: {when: '!yes', refutes: {overload: strong}}
              hosts:
                look: {about: hosts}
                for_each: items
                findings:
                  any: {when: 'yes && each == "b"', supports: {overload: weak}}
              statements:
                needs: [load]
                if: 'steps.load.number < 2.0'
                look: {about: statements}
                findings:
                  much: {when: 'yes', supports: {slow_query: strong}}
              broken:
                look: {about: broken}
                findings:
                  wrong: {when: 'yes', supports: {lock_wait: strong}}
              plan:
                needs: [statements]
                look: {about: plan}
                findings:
                  scan: {when: 'size(items) == 2 && yes', supports: {slow_query: strong}, refutes: {lock_wait: moderate}}
            """.replace("for_each: items", "for_each: '[\"a\", \"b\"]'");

    private static Rehearsal rehearsal() {
        return new Rehearsal(RUNBOOK)
                .limits(new Limits(1, Duration.ofMinutes(1), 10, Duration.ofSeconds(10)))
                .answer("statements", true)
                .answer("plan", true)
                .answer("broken", (look, context) -> {
                    throw new IllegalStateException("cannot look");
                });
    }

    @Test
    void whereverItIsCutOffItEndsAsItWouldHave() {
        Rehearsal undisturbed = rehearsal().run();
        int events = undisturbed.events.size();
        assertThat(events).isGreaterThan(20);
        for (int cut = 1; cut < events; cut++) {
            Rehearsal first = rehearsal().failingAfter(cut);
            assertThatThrownBy(first::run).as("cut after " + cut).isInstanceOf(JournalFailure.class);
            assertThat(first.events).hasSize(cut);

            Rehearsal second = rehearsal().goingOnAfter(first.events).run();

            assertThat(second.belief()).as("belief, cut after " + cut).isEqualTo(undisturbed.belief());
            assertThat(second.verdict()).as("verdict, cut after " + cut).isEqualTo(undisturbed.verdict());
            List<String> ended = first.all(Event.StepEnded.class).stream()
                    .map(Event.StepEnded::step)
                    .filter(step -> !step.equals("hosts"))
                    .toList();
            assertThat(second.kind.looked.stream().filter(ended::contains))
                    .as("looked at again, cut after " + cut)
                    .isEmpty();
            assertThat(findings(second)).as("findings, cut after " + cut).isEqualTo(findings(undisturbed));
            assertThat(second.all(Event.Ended.class)).hasSize(1);
            assertThat(second.all(Event.Judged.class)).hasSize(1);
        }
    }

    private static List<String> findings(Rehearsal rehearsal) {
        List<String> read = new ArrayList<>(rehearsal.all(Event.FindingRead.class).stream()
                .map(finding -> finding.step() + "." + finding.finding() + " " + finding.outcome())
                .toList());
        Collections.sort(read);
        return read;
    }

    @Test
    void itMayBeCutOffAgainAndAgain() {
        Rehearsal undisturbed = rehearsal().run();
        List<Event> events = List.of();
        Rehearsal last = rehearsal();
        for (int life = 0; life < 40; life++) {
            last = rehearsal().goingOnAfter(events).failingAfter(5);
            try {
                last.run();
                break;
            } catch (JournalFailure e) {
                events = List.copyOf(last.events);
            }
        }
        assertThat(last.belief()).isEqualTo(undisturbed.belief());
        assertThat(last.all(Event.Ended.class)).hasSize(1);
    }

    private static final String WRITES = """
            runbook: writes
            title: A step that changes something
            symptom: slow
            hypotheses:
              anything: {claim: Anything}
            steps:
              restart: {effect: write, look: {about: restart}}
            """;

    @Test
    void aStepThatMayHaveChangedSomethingIsLeftToAPerson() {
        Approvals yes = wish -> new Approvals.Answer(true, "ann");
        Rehearsal undisturbed = new Rehearsal(WRITES).approvals(yes).run();
        int started = Stream.iterate(0, i -> i + 1)
                .filter(i -> undisturbed.events.get(i) instanceof Event.StepStarted)
                .findFirst()
                .orElseThrow();

        Rehearsal before = new Rehearsal(WRITES).approvals(yes).failingAfter(started);
        assertThatThrownBy(before::run).isInstanceOf(JournalFailure.class);
        Rehearsal askedAgain =
                new Rehearsal(WRITES).approvals(yes).goingOnAfter(before.events).run();
        assertThat(askedAgain.kind.looked).containsExactly("restart");

        Rehearsal during = new Rehearsal(WRITES).approvals(yes).failingAfter(started + 1);
        assertThatThrownBy(during::run).isInstanceOf(JournalFailure.class);
        Rehearsal left =
                new Rehearsal(WRITES).approvals(yes).goingOnAfter(during.events).run();
        assertThat(left.kind.looked).isEmpty();
        assertThat(left.notRun("restart").why()).contains("may have changed something");
        assertThat(left.one(Event.Resumed.class, resumed -> true).left()).containsExactly("restart");
    }
}
