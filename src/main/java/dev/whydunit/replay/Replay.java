package dev.whydunit.replay;

import dev.whydunit.cases.Case;
import dev.whydunit.cases.Recorded;
import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.ArtifactStore;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Journal;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.Sources;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.runbook.Runbook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a runbook on a case: the real engine, with step kinds that answer from the case and a clock that passes as the case says.
 * Nothing is read, sent or started; equal cases give equal events. Thread-safe.
 */
public final class Replay {
    private final List<StepKind<?>> kinds;

    /** With these kinds: of each, the parameters are bound and rendered, and nothing is looked at. */
    public Replay(List<StepKind<?>> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** What comes of the case. */
    public Replayed run(Runbook runbook, Case given) {
        ReplayPace pace = new ReplayPace(given.now());
        Events events = new Events();
        List<StepKind<?>> replayed = new ArrayList<>();
        kinds.forEach(kind -> replayed.add(new ReplayedKind<>(kind, runbook, given, pace)));
        World world = new World(
                pace,
                replayed,
                new NoSources(),
                new SameHosts(given.host()),
                given.inputs().get("service") instanceof String service ? Map.of(service, given.service()) : Map.of(),
                new NoArtifacts(),
                approvals(given),
                Path.of("").toAbsolutePath(),
                new Limits(
                        given.parallel(),
                        Limits.DEFAULT.total(),
                        Limits.DEFAULT.targets(),
                        Limits.DEFAULT.stepTimeout()),
                pace);
        Map<String, Double> costs = new HashMap<>();
        given.costs().forEach((step, cost) -> costs.put(step, seconds(cost)));
        Request request = new Request(
                "replay",
                runbook,
                "",
                given.environment(),
                given.trigger(),
                given.inputs(),
                Optional.of(given.now()),
                costs);
        new Investigation(world, request, events, Watcher.none()).run();
        return Replayed.of(events.added);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Whoever is asked allows what the case has seen, and nothing else. */
    private static Approvals approvals(Case given) {
        return wish -> {
            Map<String, Recorded> targets = given.observations().getOrDefault(wish.step(), Map.of());
            boolean granted = targets.values().stream()
                    .anyMatch(seen -> !(seen.observation() instanceof Unseen unseen && unseen.cause() == Cause.DENIED));
            return new Approvals.Answer(granted, granted ? "the case" : "nobody");
        };
    }

    private static final class Events implements Journal {
        private final List<Event> added = new ArrayList<>();

        @Override
        public void append(Event event) {
            added.add(event);
        }

        @Override
        public void flush() {
            // They stay in memory.
        }
    }

    /** Hosts of any name, all alike. */
    private record SameHosts(Host here) implements Hosts {
        @Override
        public Reach reach(String name) {
            return new Reach.Reachable(new Host(name, here.cpus(), here.memory()));
        }
    }

    private static final class NoSources implements Sources {
        @Override
        public <S> S find(Class<S> type, Optional<String> name) throws SourceUnavailable {
            throw new SourceUnavailable("a replay reads no source");
        }
    }

    private static final class NoArtifacts implements ArtifactStore {
        @Override
        public Artifact keep(String name, InputStream content) throws IOException {
            throw new IOException("a replay keeps no files");
        }
    }
}
