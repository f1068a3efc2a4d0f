package dev.whydunit.cases;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long each step took, counted so that a replay, in which deciding takes no time, ends steps in the very order in which they
 * ended: from the end of the step whose end let it be chosen.
 */
final class Took {
    /** Beyond so many targets not all of them are looked at at once. */
    private static final int AT_ONCE = 8;

    /** What one step did on one target. */
    record Look(String step, Optional<String> target) {}

    private final Map<Look, Duration> durations = new HashMap<>();

    private Took() {}

    static Map<Look, Duration> of(List<Event> events) {
        Took took = new Took();
        took.count(events);
        return took.durations;
    }

    private void count(List<Event> events) {
        Map<String, Integer> overAt = over(events);
        Map<String, Instant> chosen = new HashMap<>();
        Instant last = events.getFirst().at();
        for (int i = 0; i < events.size(); i++) {
            switch (events.get(i)) {
                case Event.StepChosen choice -> chosen.put(choice.step(), last);
                // The time that nobody was there is nobody's.
                case Event.Resumed resumed -> last = resumed.at();
                case Event.StepEnded ended ->
                    durations.put(
                            new Look(ended.step(), ended.target()),
                            positive(Duration.between(chosen.getOrDefault(ended.step(), last), ended.at())));
                default -> {}
            }
            String step = stepOf(events.get(i));
            if (overAt.getOrDefault(step, -1) == i) {
                Instant over = events.get(i).at();
                // Two steps never end at the same moment: the order of their ends is kept.
                last = over.isAfter(last) ? over : last.plusNanos(1000);
                stretch(step, Duration.between(chosen.getOrDefault(step, last), last), events);
            }
        }
    }

    /** Where in the list each step was over: where its first finding was read, or where its last target ended. */
    private static Map<String, Integer> over(List<Event> events) {
        Set<String> withFindings = new HashSet<>();
        if (events.getFirst() instanceof Event.Started started) {
            for (RunbookFacts.StepFacts step : started.runbook().steps()) {
                if (!step.findings().isEmpty()) {
                    withFindings.add(step.id());
                }
            }
        }
        Map<String, Integer> over = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            switch (events.get(i)) {
                case Event.FindingRead read -> over.putIfAbsent(read.step(), i);
                case Event.StepEnded ended -> {
                    if (!withFindings.contains(ended.step())) {
                        over.put(ended.step(), i);
                    }
                }
                default -> {}
            }
        }
        return over;
    }

    private static String stepOf(Event event) {
        return switch (event) {
            case Event.FindingRead read -> read.step();
            case Event.StepEnded ended -> ended.step();
            default -> "";
        };
    }

    /** The target that ended last ends when the step was over. */
    private void stretch(String step, Duration whole, List<Event> events) {
        List<Event.StepEnded> ends = events.stream()
                .filter(Event.StepEnded.class::isInstance)
                .map(Event.StepEnded.class::cast)
                .filter(ended -> ended.step().equals(step))
                .toList();
        if (ends.isEmpty()) {
            return;
        }
        if (ends.size() > AT_ONCE) {
            ends.forEach(ended ->
                    durations.put(new Look(step, ended.target()), Duration.ofNanos((long) (ended.seconds() * 1e9))));
            return;
        }
        durations.put(new Look(step, ends.getLast().target()), positive(whole));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
