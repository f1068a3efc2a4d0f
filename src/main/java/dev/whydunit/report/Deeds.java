package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.report.Summary.ActionSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
            case Event.StepEnded ended -> end(ended);
            case Event.Resumed resumed -> resumed.left().forEach(this::cutOff);
            default -> {
                // Nothing was done.
            }
        }
    }

    List<ActionSummary> actions() {
        return List.copyOf(actions);
    }

    private void end(Event.StepEnded ended) {
        for (int i = 0; i < actions.size(); i++) {
            ActionSummary action = actions.get(i);
            if (action.status().equals(RUNNING)
                    && action.step().equals(ended.step())
                    && action.command().equals(ended.query())) {
                actions.set(
                        i,
                        new ActionSummary(
                                action.step(),
                                ended.target(),
                                action.command(),
                                action.approvedBy(),
                                action.at(),
                                word(ended.status()),
                                ended.result().get("exitCode") instanceof Number code
                                        ? Optional.of(code.longValue())
                                        : Optional.empty(),
                                ended.result().get("undo") instanceof String how
                                        ? Optional.of(how)
                                        : Optional.empty()));
                return;
            }
        }
    }

    private void cutOff(String step) {
        actions.replaceAll(
                action -> action.step().equals(step) && action.status().equals(RUNNING)
                        ? new ActionSummary(
                                action.step(),
                                action.target(),
                                action.command(),
                                action.approvedBy(),
                                action.at(),
                                CUT_OFF,
                                Optional.empty(),
                                Optional.empty())
                        : action);
    }

    private static String word(StepStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
