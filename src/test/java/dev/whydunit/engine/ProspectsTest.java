package dev.whydunit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Reading;
import dev.whydunit.belief.Verdicts;
import dev.whydunit.engine.Sequence.Prospect;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProspectsTest {
    private static final Runbook RUNBOOK = new RunbookParser(List.of(new FakeKind().signature()))
            .parse("test.yaml", """
                    runbook: slow
                    title: It is slow
                    symptom: slow
                    hypotheses:
                      overload: {claim: No CPU left, prior: common}
                      database: {claim: The database answers slowly, prior: common}
                    steps:
                      load:
                        cost: 1s
                        look: {about: load}
                        findings:
                          busy: {when: 'yes', supports: {overload: strong}}
                      statements:
                        cost: 60s
                        look: {about: statements}
                        findings:
                          much: {when: 'yes', supports: {database: weak}}
                      plan:
                        needs: [statements]
                        if: steps.statements.yes
                        look: {about: plan}
                        findings:
                          scans: {when: 'yes', supports: {database: strong}}
                    """)
            .runbook()
            .orElseThrow();

    private static List<Prospect> prospects(Set<String> over, Set<String> running, Reading... readings) {
        HypothesisTree tree = RunbookBelief.tree(RUNBOOK);
        return new Sequence(RUNBOOK)
                .prospects(
                        over,
                        running,
                        Belief.after(tree, List.of(readings)),
                        Verdicts.judge(tree, List.of(readings), RUNBOOK.concludeAt()),
                        Map.of("plan", 7.0));
    }

    @Test
    void theBestThatMayRunIsFirstAndWhatMayNotIsLastWithItsReason() {
        List<Prospect> all = prospects(Set.of(), Set.of());

        assertThat(all).extracting(Prospect::step).containsExactly("load", "statements", "plan");
        assertThat(all.getFirst().obstacle()).isEmpty();
        assertThat(all.getFirst().score()).isEqualTo(all.getFirst().gainBits());
        assertThat(all.getLast().obstacle()).contains("needs statements, which was not run");
        assertThat(all.getLast().condition()).contains("steps.statements.yes");
    }

    @Test
    void whatAStepTookBeforeIsItsCostUnlessItsAuthorSays() {
        assertThat(prospects(Set.of("load", "statements"), Set.of()))
                .extracting(Prospect::step, Prospect::costSeconds)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("plan", 7.0));
    }

    @Test
    void whatRunsOrIsOverIsNoProspect() {
        assertThat(prospects(Set.of("load"), Set.of("statements")))
                .extracting(Prospect::step)
                .containsExactly("plan");
    }

    @Test
    void whatWasReadChangesWhatTheOthersWouldTell() {
        Reading busy = new Reading(
                RunbookBelief.findings(RUNBOOK.steps().values().iterator().next())
                        .getFirst(),
                Outcome.TRUE);

        assertThat(prospects(Set.of("load"), Set.of(), busy).getFirst().gainBits())
                .isNotEqualTo(prospects(Set.of("load"), Set.of()).getFirst().gainBits());
    }
}
