package dev.whydunit.report;

import dev.whydunit.engine.Artifact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The summary of an investigation, component by component as its JSON has it.
 *
 * @param schemaVersion of this JSON
 * @param endedAt empty while it runs
 * @param belief probability of every node by path, the implicit <i>other</i> ones included
 * @param notChecked what could not be looked at, and why
 * @param nextSteps what would tell more, or what to do, one sentence each
 * @param people what people noted, ruled out and confirmed, in order
 * @param actions what was done with somebody's leave, in order
 */
public record Summary(
        int schemaVersion,
        String id,
        String runbook,
        String version,
        String title,
        String environment,
        Instant startedAt,
        Optional<Instant> endedAt,
        String ending,
        TriggerSummary trigger,
        Map<String, Object> inputs,
        String symptom,
        Optional<String> expected,
        VerdictSummary verdict,
        Map<String, Double> belief,
        Map<String, Double> prior,
        Map<String, String> claims,
        List<EvidenceSummary> evidence,
        List<StepSummary> steps,
        List<NotChecked> notChecked,
        List<String> nextSteps,
        List<PersonSummary> people,
        List<ActionSummary> actions) {

    /** What began it; {@code alert} is empty when there was none. */
    public record TriggerSummary(String kind, Map<String, Object> alert) {}

    /** The verdict; see {@link dev.whydunit.engine.VerdictFacts}. */
    public record VerdictSummary(
            String status,
            List<String> path,
            String claim,
            double probability,
            String remedy,
            String prevention,
            boolean robust,
            List<String> restsOn,
            List<String> alsoFound) {}

    /**
     * A finding's outcome.
     *
     * @param outcome true or false; unknown findings are no evidence and are listed under notChecked
     * @param moved in nats, by path
     * @param observation the observation that it was read from: step, and target where there are several
     */
    public record EvidenceSummary(
            String id,
            String step,
            boolean outcome,
            String says,
            Map<String, Double> moved,
            Instant at,
            String observation,
            boolean symptom) {}

    /** One step on one target. */
    public record StepSummary(
            String id,
            String kind,
            Optional<String> host,
            String status,
            String why,
            Optional<Instant> startedAt,
            double seconds,
            Optional<String> error,
            Optional<String> help,
            String query,
            Map<String, Object> result,
            List<Artifact> artifacts,
            List<String> caveats) {}

    /**
     * What a person did or said.
     *
     * @param act {@code noted}, {@code ruled_out} or {@code confirmed}
     * @param hypothesis its path, where the act is about one
     * @param text the note, or why
     */
    public record PersonSummary(String act, Instant at, String by, Optional<String> hypothesis, String text) {}

    /**
     * What a step did with somebody's leave.
     *
     * @param command exactly what ran
     * @param status {@code ended}, {@code failed}, {@code timed_out}, {@code running}, or {@code cut_off} where nobody knows how far it came
     * @param exitCode empty where it is not known
     * @param undo how it is taken back, where the runbook says so
     */
    public record ActionSummary(
            String step,
            Optional<String> target,
            String command,
            String approvedBy,
            Instant at,
            String status,
            Optional<Long> exitCode,
            Optional<String> undo) {}

    /** What was not looked at, and why. */
    public record NotChecked(String step, String why) {}
}
