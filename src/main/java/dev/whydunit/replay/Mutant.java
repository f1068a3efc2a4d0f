package dev.whydunit.replay;

import dev.whydunit.expression.Expression;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.runbook.Variant;
import dev.whydunit.yaml.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A runbook with one mistake put in.
 *
 * @param finding {@code step.finding}
 * @param position of the finding in the runbook
 * @param change what was changed, in words
 */
public record Mutant(Runbook runbook, String step, String finding, Position position, String change) {

    /**
     * What became of a mutant.
     *
     * @param noticedBy the name of a case that fails with it; empty when none does
     */
    public record Fate(String finding, Position position, String change, Optional<String> noticedBy) {}

    /**
     * The mutants of a runbook. Of each finding: it says nothing, it speaks for what it spoke against, its condition is the
     * opposite; of each number and duration in its condition: half of it and twice of it.
     */
    public static List<Mutant> of(Runbook runbook) {
        List<Mutant> mutants = new ArrayList<>();
        for (Step step : runbook.steps().values()) {
            for (Finding finding : step.findings()) {
                boolean speaks =
                        !finding.supports().isEmpty() || !finding.refutes().isEmpty();
                if (speaks || finding.symptom()) {
                    mutants.add(mutant(runbook, step, says(finding, Map.of(), Map.of(), false), "says nothing"));
                }
                if (speaks) {
                    Finding flipped = says(finding, finding.refutes(), finding.supports(), finding.symptom());
                    mutants.add(mutant(runbook, step, flipped, "supports and refutes exchanged"));
                }
                String when = finding.when().source();
                condition(runbook, step, finding, "!(" + when + ")", "when negated", mutants);
                for (Thresholds.Shift shift : Thresholds.shifts(when)) {
                    condition(runbook, step, finding, shift.condition(), shift.change(), mutants);
                }
            }
        }
        return mutants;
    }

    private static void condition(
            Runbook runbook, Step step, Finding finding, String changed, String change, List<Mutant> mutants) {
        Variant.condition(runbook, step.id(), changed)
                .ifPresent(when -> mutants.add(mutant(runbook, step, when(finding, when), change)));
    }

    private static Mutant mutant(Runbook runbook, Step step, Finding changed, String change) {
        return new Mutant(
                Variant.with(runbook, step.id(), changed),
                step.id(),
                step.id() + "." + changed.id(),
                changed.position(),
                change);
    }

    private static Finding says(
            Finding finding,
            Map<String, dev.whydunit.belief.Strength> supports,
            Map<String, dev.whydunit.belief.Strength> refutes,
            boolean symptom) {
        return new Finding(
                finding.id(),
                finding.position(),
                finding.when(),
                finding.says(),
                supports,
                refutes,
                finding.shows(),
                finding.ignoreFalse(),
                finding.group(),
                symptom);
    }

    private static Finding when(Finding finding, Expression when) {
        return new Finding(
                finding.id(),
                finding.position(),
                when,
                finding.says(),
                finding.supports(),
                finding.refutes(),
                finding.shows(),
                finding.ignoreFalse(),
                finding.group(),
                finding.symptom());
    }

    /** Looks for a case that fails with it, first among those in which the finding was read. */
    Fate against(List<CaseResult> passed, Replay replay) {
        List<CaseResult> order = new ArrayList<>(passed);
        order.sort(Comparator.comparingInt(this::farFromIt));
        for (CaseResult result : order) {
            boolean fails = result.given()
                    .filter(given ->
                            !Judge.compare(given, replay.run(runbook, given)).isEmpty())
                    .isPresent();
            if (fails) {
                return new Fate(finding, position, change, Optional.of(result.name()));
            }
        }
        return new Fate(finding, position, change, Optional.empty());
    }

    private int farFromIt(CaseResult result) {
        return result.replayed()
                .flatMap(replayed -> Optional.ofNullable(replayed.findings().get(finding)))
                .map(read -> switch (read.outcome()) {
                    case "true" -> 0;
                    case "false" -> 1;
                    default -> 2;
                })
                .orElse(3);
    }
}
