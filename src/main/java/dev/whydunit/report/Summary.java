package dev.whydunit.report;

import dev.whydunit.alert.Alert;
import dev.whydunit.belief.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an investigation found, with its reasoning. Its components are the keys of its JSON in this order; an empty
 * {@link Optional} is null there. Immutable as far as its step results are.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param id the investigation's
 * @param runbook the runbook's id
 * @param version the runbook's, if its author gave one
 * @param environment where it ran
 * @param startedAt when it began
 * @param endedAt when it ended; empty while it runs
 * @param trigger what started it
 * @param inputs the inputs' values by name: text, numbers, true or false, or lists of such
 * @param symptom what is wrong, in one line with its numbers
 * @param verdict why
 * @param belief the probability of every node by its path in tree order, the implicit {@code other} ones included
 * @param evidence every finding's outcome, in the order of reading
 * @param steps every step of the runbook, in the order of starting; those that did not start last
 * @param notChecked steps that told nothing, and why
 * @param nextSteps what an engineer would do or look at next, each a sentence
 * @param title the runbook's
 * @param claims what each hypothesis claims, by its path
 * @param stopped why the investigation was ended before it was done, such as {@code by Ctrl-C}; empty when it was done
 */
public record Summary(
        int schemaVersion,
        String id,
        String runbook,
        Optional<String> version,
        String environment,
        Instant startedAt,
        Optional<Instant> endedAt,
        Trigger trigger,
        Map<String, Object> inputs,
        String symptom,
        Verdict verdict,
        Map<String, Double> belief,
        List<Evidence> evidence,
        List<Step> steps,
        List<NotChecked> notChecked,
        List<String> nextSteps,
        String title,
        Map<String, String> claims,
        Optional<String> stopped) {

    /** The version of this shape. */
    public static final int SCHEMA_VERSION = 1;

    /** Keeps its own copies of lists and maps, in their order. */
    public Summary {
        inputs = ordered(inputs);
        belief = ordered(belief);
        evidence = List.copyOf(evidence);
        steps = List.copyOf(steps);
        notChecked = List.copyOf(notChecked);
        nextSteps = List.copyOf(nextSteps);
        claims = ordered(claims);
    }

    /**
     * What started the investigation.
     *
     * @param alert the alert, when one did
     */
    public record Trigger(Kind kind, Optional<Alert> alert) {
        /** What kind of thing started it. */
        public enum Kind {
            /** Somebody typed a command or called the API. */
            COMMAND,
            /** An alert came in. */
            ALERT,
            /** It was time. */
            SCHEDULE,
            /** An earlier investigation was run again. */
            RERUN
        }
    }

    /**
     * Why.
     *
     * @param path ids from the top of the tree down to the cause; empty when there is none
     * @param claim what the cause claims
     * @param probability of the cause, from 0 to 1
     * @param remedy what to do about it now
     * @param prevention what to do so that it does not come back
     * @param robust whether it holds without any one group of findings
     * @param restsOn the groups without any one of which it would not hold
     * @param alsoFound the paths of contributing factors
     * @param unsupported the path of a hypothesis that is probable enough for a verdict but has only one finding in its favour
     */
    public record Verdict(
            Status status,
            List<String> path,
            Optional<String> claim,
            Optional<Double> probability,
            Optional<String> remedy,
            Optional<String> prevention,
            boolean robust,
            List<String> restsOn,
            List<String> alsoFound,
            Optional<String> unsupported) {
        /** Keeps its own copies of the lists. */
        public Verdict {
            path = List.copyOf(path);
            restsOn = List.copyOf(restsOn);
            alsoFound = List.copyOf(alsoFound);
        }

        /** What kind of verdict. */
        public enum Status {
            /** One cause. */
            CONCLUDED,
            /** A branch, not yet a leaf. */
            NARROWED,
            /** No cause. */
            INCONCLUSIVE,
            /** Nothing is wrong now. */
            SYMPTOM_ABSENT
        }
    }

    /**
     * A finding's outcome.
     *
     * @param id {@code step.finding}
     * @param step the step's id
     * @param outcome true, false, or (null in JSON) unknown
     * @param says the finding's sentence with its numbers; empty when its author wrote none
     * @param moved how far it moved hypotheses, in nats by path
     * @param at when it was read
     * @param observation the id of the observation that it was read from
     * @param host the host that it is about, when the step ran on hosts
     * @param symptom whether it confirms (or, when false, denies) the problem itself
     */
    public record Evidence(
            String id,
            String step,
            Outcome outcome,
            String says,
            Map<String, Double> moved,
            Instant at,
            String observation,
            Optional<String> host,
            boolean symptom) {
        /** Keeps its own copy of the map. */
        public Evidence {
            moved = ordered(moved);
        }
    }

    /**
     * A step's execution, or why there was none.
     *
     * @param id the step's
     * @param kind its kind, such as {@code log_query}
     * @param host the host that it ran on, when it names hosts
     * @param why it was chosen then, such as {@code 0.3853 bits for 10 s}
     * @param startedAt when it began, if it did
     * @param seconds how long it took
     * @param error what went wrong
     * @param query the query, command or filter as it was sent
     * @param result what it saw: records, maps, lists, texts, numbers, times
     * @param artifacts the files that it kept
     * @param title its title
     * @param caveats what weakens what it saw, each a sentence
     */
    public record Step(
            String id,
            String kind,
            Optional<String> host,
            Status status,
            Optional<String> why,
            Optional<Instant> startedAt,
            Optional<Double> seconds,
            Optional<String> error,
            Optional<String> query,
            Optional<Object> result,
            List<Artifact> artifacts,
            Optional<String> title,
            List<String> caveats) {
        /** Keeps its own copies of the lists. */
        public Step {
            artifacts = List.copyOf(artifacts);
            caveats = List.copyOf(caveats);
        }

        /** How it went. */
        public enum Status {
            /** It saw something. */
            ENDED,
            /** It went wrong. */
            FAILED,
            /** It took too long. */
            TIMED_OUT,
            /** Its condition did not hold, or what it needs did not end. */
            SKIPPED,
            /** It was not permitted. */
            DENIED,
            /** The verdict was clear without it. */
            NOT_NEEDED
        }
    }

    /**
     * A file that a step kept.
     *
     * @param name for people, without path
     * @param bytes its size
     * @param sha256 of its content, in lower-case hex
     */
    public record Artifact(String name, long bytes, String sha256) {}

    /**
     * A step that told nothing.
     *
     * @param step its id
     * @param why it told nothing, one line
     * @param help what to do about it, one line
     */
    public record NotChecked(String step, String why, Optional<String> help) {}

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
