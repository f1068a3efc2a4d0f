package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the journal says of steps that the summary says nothing of: those that run, and what could not be read. */
final class OpenSteps {
    private OpenSteps() {}

    /** The steps that got a slot and are not over, in that order; none once the investigation has ended. */
    static Set<String> running(List<Event> events) {
        Map<String, RunbookFacts.StepFacts> steps = StepFactsOf.by(events);
        Set<String> running = new LinkedHashSet<>();
        for (Event event : events) {
            switch (event) {
                case Event.StepChosen chosen -> running.add(chosen.step());
                case Event.FindingRead read -> running.remove(read.step());
                case Event.StepNotRun notRun -> running.remove(notRun.step());
                case Event.BeliefMoved moved -> {}
                case Event.Resumed resumed -> running.clear();
                case Event.Ended ended -> running.clear();
                case Event.StepEnded ended -> {
                    RunbookFacts.StepFacts step = steps.get(ended.step());
                    if (step != null && step.findings().isEmpty()) {
                        running.remove(ended.step());
                    }
                }
                case Event.Started started -> {}
                case Event.StepStarted started -> {}
                case Event.Approval approval -> {}
                case Event.ApprovalWithdrawn withdrawn -> {}
                case Event.ByPerson said -> {}
                case Event.Judged judged -> running.clear();
            }
        }
        return running;
    }

    /** Why a step got its slot, the last time. */
    static Optional<String> chosen(List<Event> events, String step) {
        Optional<String> why = Optional.empty();
        for (Event event : events) {
            if (event instanceof Event.StepChosen chosen && chosen.step().equals(step)) {
                why = Optional.of(chosen.why());
            }
        }
        return why;
    }

    /** What a step has sent so far, each once. */
    static Set<String> queries(List<Event> events, String step) {
        Set<String> queries = new LinkedHashSet<>();
        for (Event event : events) {
            if (event instanceof Event.StepStarted started && started.step().equals(step)) {
                queries.add(started.query());
            }
        }
        return queries;
    }

    /** The findings of a step that could not be read, as they were said last. */
    static List<Event.FindingRead> unread(List<Event> events, String step) {
        Map<String, Event.FindingRead> last = new LinkedHashMap<>();
        for (Event event : events) {
            if (event instanceof Event.FindingRead read && read.step().equals(step)) {
                last.put(read.finding(), read);
            }
        }
        return last.values().stream()
                .filter(read -> read.outcome().equals("unknown"))
                .toList();
    }
}
