package dev.whydunit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.cases.Case;
import dev.whydunit.cases.CaseReader;
import dev.whydunit.cases.ParsedCase;
import dev.whydunit.cases.Recording;
import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.ArtifactStore;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Journal;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Pace;
import dev.whydunit.engine.Permissions;
import dev.whydunit.engine.Questions;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.Sources;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.journal.EventJson;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.runbook.Inputs;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A journal that an earlier day's program wrote, with the runbook that it executed and what the world was: {@code NAME.yaml} and
 * {@code NAME.jsonl.gz}, whose first line says of the world what events do not.
 */
final class GoldenJournal {
    static final Path FOLDER = Path.of("src", "test", "resources", "golden", "journals");

    private static final Hosts.Host HERE = new Hosts.Host("here", 2, 4L << 30);
    private static final List<StepKind<?>> KINDS = StepKindsForTests.stepKinds(Configuration.empty(Path.of("")));
    private static final RunbookParser PARSER = new RunbookParser(
            KINDS.stream().<KindSignature>map(StepKind::signature).toList());

    private GoldenJournal() {}

    /** What was written, and what comes of it now. */
    record Compared(List<Event> events, Replayed then, Replayed now) {}

    static Compared replay(String name) throws IOException {
        Runbook runbook = runbook(FOLDER.resolve(name + ".yaml"));
        List<String> lines;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".jsonl.gz")))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        JsonNode world = JsonMapper.shared().readTree(lines.getFirst());
        List<Event> events = lines.stream().skip(1).map(EventJson::read).toList();
        @SuppressWarnings("unchecked")
        Map<String, Object> service = JsonMapper.shared().convertValue(world.path("service"), Map.class);
        Recording recording = new Recording(
                name,
                runbook,
                service,
                JsonMapper.shared().convertValue(world.path("host"), Hosts.Host.class),
                Map.of(),
                world.path("parallel").asInt());
        ParsedCase parsed = new CaseReader(runbook).read(name, recording.yaml(events, SecretMask.none()));
        assertThat(parsed.problems()).isEmpty();
        Replayed now = new Replay(KINDS).run(runbook, parsed.content().orElseThrow());
        return new Compared(events, Replayed.of(events), now);
    }

    private static Runbook runbook(Path file) throws IOException {
        return PARSER.parse(file.getFileName().toString(), Files.readString(file))
                .runbook()
                .orElseThrow();
    }

    /** What the engine makes of a shipped runbook's case. */
    static void writeOfCase(String name, String runbookId, String caseName) throws IOException {
        Path file = Path.of("runbooks", runbookId + ".yaml");
        Runbook runbook = runbook(file);
        Path of = Path.of("runbooks", runbookId + ".cases", caseName + ".yaml");
        Case given = new CaseReader(runbook)
                .read(caseName, Files.readString(of))
                .content()
                .orElseThrow();
        write(
                name,
                Files.readString(file),
                given.service(),
                given.host(),
                given.parallel(),
                new Replay(KINDS).run(runbook, given).events());
    }

    /** What really happened, with the real step kinds, cut off after so many events again and again. */
    static void writeOfRun(String name, String yaml, int cutOffAfter, Questions questions) throws IOException {
        Runbook runbook = PARSER.parse(name + ".yaml", yaml).runbook().orElseThrow();
        Request request = new Request(
                name,
                runbook,
                "",
                "default",
                Trigger.command(),
                Inputs.resolve(runbook, Map.of(), Map.of()).values(),
                Optional.empty(),
                Map.of());
        World world = new World(
                InstantSource.system(),
                KINDS,
                new NoSources(),
                Hosts.only(HERE),
                Map.of(),
                new NoArtifacts(),
                Approvals.nobody(),
                Path.of("").toAbsolutePath(),
                new Limits(1, Limits.DEFAULT.total(), Limits.DEFAULT.targets(), Limits.DEFAULT.stepTimeout()),
                Pace.real(),
                questions,
                Permissions.unrestricted());
        List<Event> events = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            List<Event> before = List.copyOf(events);
            Cut journal = new Cut(events, cutOffAfter);
            try {
                new Investigation(world, request, journal, Watcher.none(), before).run();
                ended = true;
            } catch (JournalFailure e) {
                assertThat(events.size()).isGreaterThan(before.size());
            }
        }
        write(name, yaml, Map.of(), HERE, 1, events);
    }

    private static void write(
            String name, String yaml, Map<String, Object> service, Hosts.Host host, int parallel, List<Event> events)
            throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name + ".yaml"), yaml);
        Map<String, Object> world = new LinkedHashMap<>();
        world.put("service", service);
        world.put("host", host);
        world.put("parallel", parallel);
        StringBuilder lines = new StringBuilder(JsonMapper.shared().writeValueAsString(world)).append('\n');
        events.forEach(event -> lines.append(EventJson.write(event)).append('\n'));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(FOLDER.resolve(name + ".jsonl.gz")))) {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A journal that fails after so many events. */
    private static final class Cut implements Journal {
        private final List<Event> events;
        private int left;

        Cut(List<Event> events, int left) {
            this.events = events;
            this.left = left;
        }

        @Override
        public synchronized void append(Event event) {
            if (left == 0) {
                throw new JournalFailure("cut off", new IOException("cut off"));
            }
            left--;
            events.add(event);
        }

        @Override
        public void flush() {
            // They stay in memory.
        }
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
