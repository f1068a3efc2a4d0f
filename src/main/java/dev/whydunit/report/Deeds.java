package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.report.Summary.ActionSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Folds what was done with somebody's leave, and what became of it. */
final class Deeds {
    /** Where the process died before the step said how it ended. */
    private static final String CUT_OFF = "cut_off";

    private static final String RUNNING = "running";

    private final List<ActionSummary> actions = new ArrayList<>();

    void take(Event event) {
        switch (event) {
            case Event.Approval approval
            when approval.granted() ->
                actions.add(new ActionSummary(
                        approval.step(),
                        Optional.empty(),
                        approval.command(),
                        approval.by(),
                        approval.at(),
                        RUNNING,
                        Optional.empty(),
                        Optional.empty()));
            case Event.StepStarted started -> begin(started);
            case Event.StepEnded ended -> end(ended);
            case Event.Resumed resumed -> {
                resumed.left().forEach(this::cutOff);
                // What is done again is asked again.
                actions.removeIf(action ->
                        action.status().equals(RUNNING) && resumed.again().contains(action.step()));
            }
            default -> {
                // Nothing was done.
            }
        }
    }

    List<ActionSummary> actions() {
        return List.copyOf(actions);
    }

    /** Each attempt has leave of its own: that a new one begins means that the one before has failed. */
    private void begin(Event.StepStarted started) {
        if (started.attempt() > 1) {
            change(
                    action -> runs(action, started.step(), started.query())
                            && action.target().equals(started.target()),
                    action -> with(action, action.target(), "failed", Map.of()));
        }
        change(
                action -> runs(action, started.step(), started.query())
                        && action.target().isEmpty(),
                action -> with(action, started.target(), RUNNING, Map.of()));
    }

    private void end(Event.StepEnded ended) {
        change(
                action -> runs(action, ended.step(), ended.query())
                        && action.target().equals(ended.target()),
                action -> with(action, ended.target(), word(ended.status()), ended.result()));
    }

    private void cutOff(String step) {
        while (change(
                action -> action.status().equals(RUNNING) && action.step().equals(step),
                action -> with(action, action.target(), CUT_OFF, Map.of()))) {
            // Until none of them is taken for one that runs.
        }
    }

    private static boolean runs(ActionSummary action, String step, String command) {
        return action.status().equals(RUNNING)
                && action.step().equals(step)
                && action.command().equals(command);
    }

    /** Changes the first that is meant; gives whether there was one. */
    private boolean change(Predicate<ActionSummary> which, UnaryOperator<ActionSummary> how) {
        for (int i = 0; i < actions.size(); i++) {
            if (which.test(actions.get(i))) {
                actions.set(i, how.apply(actions.get(i)));
                return true;
            }
        }
        return false;
    }

    private static ActionSummary with(
            ActionSummary action, Optional<String> target, String status, Map<String, Object> result) {
        return new ActionSummary(
                action.step(),
                target,
                action.command(),
                action.approvedBy(),
                action.at(),
                status,
                result.get("exitCode") instanceof Number code ? Optional.of(code.longValue()) : Optional.empty(),
                result.get("undo") instanceof String how ? Optional.of(how) : Optional.empty());
    }

    private static String word(StepStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
