package dev.whydunit.server;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.Sources;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A process that begins an investigation, or goes on with one, allows every step that changes something, and may be killed. */
final class WriteCrash {
    private WriteCrash() {}

    /** The state directory, the runbook's file, the investigation's id. */
    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        Configuration configuration = Configuration.empty(state);
        List<StepKind<?>> kinds = StepKindsForTests.stepKinds(configuration);
        Runbook runbook = new RunbookParser(
                        kinds.stream().<KindSignature>map(StepKind::signature).toList())
                .parse("writes.yaml", Files.readString(Path.of(arguments[1])))
                .runbook()
                .orElseThrow();
        World world = new World(
                InstantSource.system(),
                kinds,
                new NoSources(),
                Hosts.only(new Hosts.Host("here", 2, 1L << 30)),
                Map.of(),
                new FileArtifacts(state.resolve("artifacts"), 1 << 20),
                wish -> new Approvals.Answer(true, "the test"),
                state,
                Limits.DEFAULT);
        Request request = new Request(
                arguments[2], runbook, "", "default", Trigger.command(), Map.of(), Optional.empty(), Map.of());
        try (JournalStore store = JournalStore.open(state)) {
            StoredEvents before = store.events(arguments[2]);
            try (JournalWriter writer = store.goOn(before, runbook.id(), 0, UnaryOperator.identity())) {
                System.out.println("running");
                new Investigation(world, request, writer, Watcher.none(), before.events()).run();
            }
        }
        System.out.println("ended");
    }

    private static final class NoSources implements Sources {
        @Override
        public <S> S find(Class<S> type, Optional<String> name) throws SourceUnavailable {
            throw new SourceUnavailable("no source is configured");
        }
    }
}
