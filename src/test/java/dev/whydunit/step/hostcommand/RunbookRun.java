package dev.whydunit.step.hostcommand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.ArtifactStore;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Journal;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.Sources;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.VerdictFacts;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.runbook.Inputs;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a shipped runbook of host commands, with its events in memory. */
final class RunbookRun implements Journal {
    final List<Event> events = Collections.synchronizedList(new ArrayList<>());

    static Runbook read(String name, StepKind<?> kind) {
        ParsedRunbook parsed;
        try {
            parsed = new RunbookParser(List.of(kind.signature()))
                    .parse(name, Files.readString(Path.of("runbooks", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(parsed.problems()).isEmpty();
        return parsed.runbook().orElseThrow();
    }

    static RunbookRun of(Runbook runbook, StepKind<?> kind, Map<String, String> inputs, Path folder) {
        RunbookRun run = new RunbookRun();
        World world = new World(
                InstantSource.system(),
                List.of(kind),
                new NoSources(),
                Hosts.only(new Hosts.Host("here", 2, 1L << 30)),
                Map.of(),
                new NoArtifacts(),
                Approvals.nobody(),
                folder,
                Limits.DEFAULT);
        Inputs.Resolved resolved = Inputs.resolve(runbook, inputs, Map.of());
        assertThat(resolved.problems()).isEmpty();
        new Investigation(
                        world,
                        new Request(
                                "test",
                                runbook,
                                "",
                                "default",
                                Trigger.command(),
                                resolved.values(),
                                Optional.empty(),
                                Map.of()),
                        run,
                        Watcher.none())
                .run();
        return run;
    }

    <E extends Event> List<E> all(Class<E> type) {
        return List.copyOf(events).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    VerdictFacts verdict() {
        return all(Event.Judged.class).getLast().verdict();
    }

    @Override
    public void append(Event event) {
        events.add(event);
    }

    @Override
    public void flush() {
        // In memory already.
    }

    private static final class NoSources implements Sources {
        @Override
        public <S> S find(Class<S> type, Optional<String> name) throws SourceUnavailable {
            throw new SourceUnavailable("no source is configured");
        }
    }

    private static final class NoArtifacts implements ArtifactStore {
        @Override
        public Artifact keep(String name, InputStream content) throws IOException {
            throw new IOException("nothing is kept");
        }
    }
}
