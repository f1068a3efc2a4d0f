package dev.whydunit.replay;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.VerdictFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an investigation came to, replayed or real.
 *
 * @param events in the order of their moments
 * @param belief of every hypothesis by path, at the end
 * @param findings what was read of each finding, by {@code step.finding}
 * @param run the steps that looked, in the order in which they were begun
 * @param elapsed from its start to its end
 */
public record Replayed(
        List<Event> events,
        VerdictFacts verdict,
        Map<String, Double> belief,
        Map<String, Event.FindingRead> findings,
        List<String> run,
        Duration elapsed) {

    /** Keeps its own copies. */
    public Replayed {
        events = List.copyOf(events);
        findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
        run = List.copyOf(run);
    }

    /**
     * Puts events in order. What a replay says of a step that the end of the investigation has cut off did not happen.
     *
     * @throws IllegalArgumentException when there is no beginning or no verdict among them
     */
    public static Replayed of(List<Event> added) {
        List<Event> events = new ArrayList<>(added);
        events.sort(Comparator.comparing(Event::at));
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Event.Ended) {
                events.subList(i + 1, events.size()).clear();
            }
        }
        if (events.isEmpty() || !(events.getFirst() instanceof Event.Started started)) {
            throw new IllegalArgumentException("these events have no beginning");
        }
        Map<String, Double> belief = Map.of();
        Map<String, Event.FindingRead> findings = new LinkedHashMap<>();
        List<String> chosen = new ArrayList<>();
        Set<String> looked = new HashSet<>();
        VerdictFacts verdict = null;
        Instant end = started.at();
        for (Event event : events) {
            end = event.at();
            switch (event) {
                case Event.StepChosen choice -> chosen.add(choice.step());
                case Event.StepEnded step -> looked.add(step.step());
                case Event.FindingRead read -> findings.put(read.step() + "." + read.finding(), read);
                case Event.BeliefMoved moved -> belief = moved.belief();
                case Event.Judged judged -> verdict = judged.verdict();
                case Event.Started first -> {}
                case Event.StepStarted first -> {}
                case Event.StepNotRun notRun -> {}
                case Event.Approval approval -> {}
                case Event.ApprovalWithdrawn withdrawn -> {}
                case Event.Resumed resumed -> {}
                case Event.ByPerson said -> {}
                case Event.Ended last -> {}
            }
        }
        if (verdict == null) {
            throw new IllegalArgumentException("these events have no verdict: the investigation was not ended");
        }
        return new Replayed(
                events,
                verdict,
                belief,
                findings,
                chosen.stream().filter(looked::contains).toList(),
                Duration.between(started.at(), end));
    }

    /** The verdict's path, joined with dots; empty when there is none. */
    public String path() {
        return String.join(".", verdict.path());
    }
}
