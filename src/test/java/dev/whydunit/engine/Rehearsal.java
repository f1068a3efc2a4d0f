package dev.whydunit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.runbook.Inputs;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Runs a runbook against answers that a test wrote down, and keeps its events in memory. */
final class Rehearsal implements Journal, Watcher {
    final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    final FakeKind kind = new FakeKind();
    final FakeRemedy remedy = new FakeRemedy();
    private final String yaml;
    private Limits limits = Limits.DEFAULT;
    private Approvals approvals = Approvals.nobody();
    private Permissions permissions = Permissions.unrestricted();
    private Map<String, String> inputs = Map.of();
    private List<Event> before = List.of();
    private int appendsUntilFailure = Integer.MAX_VALUE;
    private Optional<Set<String>> again = Optional.empty();

    Rehearsal(String yaml) {
        this.yaml = yaml;
    }

    Rehearsal answer(String about, boolean yes) {
        kind.answer(about, yes);
        return this;
    }

    Rehearsal answer(String about, FakeKind.Answer answer) {
        kind.answer(about, answer);
        return this;
    }

    Rehearsal limits(Limits changed) {
        limits = changed;
        return this;
    }

    Rehearsal approvals(Approvals changed) {
        approvals = changed;
        return this;
    }

    Rehearsal permissions(Permissions changed) {
        permissions = changed;
        return this;
    }

    Rehearsal inputs(Map<String, String> given) {
        inputs = given;
        return this;
    }

    /** Goes on where these events end. */
    Rehearsal goingOnAfter(List<Event> earlier) {
        before = List.copyOf(earlier);
        events.addAll(earlier);
        return this;
    }

    /** A person wants more of it, these steps among it. */
    Rehearsal reopenedFor(String... steps) {
        again = Optional.of(Set.of(steps));
        return this;
    }

    /** The journal takes so many events and no more. */
    Rehearsal failingAfter(int appends) {
        appendsUntilFailure = appends;
        return this;
    }

    Rehearsal run() {
        investigation().run();
        return this;
    }

    Investigation investigation() {
        ParsedRunbook parsed =
                new RunbookParser(List.of(kind.signature(), remedy.signature())).parse("test.yaml", yaml);
        assertThat(parsed.problems()).isEmpty();
        Runbook runbook = parsed.runbook().orElseThrow();
        Inputs.Resolved resolved = Inputs.resolve(runbook, inputs, Map.of());
        assertThat(resolved.problems()).isEmpty();
        World world = new World(
                InstantSource.system(),
                List.of(kind, remedy),
                new NoSources(),
                Hosts.only(new Hosts.Host("here", 2, 1L << 30)),
                Map.of("shop", Map.of("hosts", List.of("here", "elsewhere"))),
                new NoArtifacts(),
                approvals,
                Path.of("").toAbsolutePath(),
                limits,
                Pace.real(),
                Questions.nobody(),
                permissions);
        Request request = new Request(
                "test", runbook, "", "default", Trigger.command(), resolved.values(), Optional.empty(), Map.of());
        return again.isPresent()
                ? Investigation.reopened(world, request, this, Watcher.none(), before, again.get())
                : new Investigation(world, request, this, Watcher.none(), before);
    }

    @Override
    public synchronized void append(Event event) {
        if (appendsUntilFailure == 0) {
            throw new JournalFailure("the disk is full", new IOException("no space left on device"));
        }
        appendsUntilFailure--;
        events.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public void event(Event event) {}

    @Override
    public void progress(String step, String line) {}

    <E extends Event> List<E> all(Class<E> type) {
        return List.copyOf(events).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <E extends Event> E one(Class<E> type, Predicate<E> which) {
        List<E> found = all(type).stream().filter(which).toList();
        assertThat(found).as(() -> "among " + events).hasSize(1);
        return found.getFirst();
    }

    VerdictFacts verdict() {
        return one(Event.Judged.class, judged -> true).verdict();
    }

    Map<String, Double> belief() {
        return all(Event.BeliefMoved.class).getLast().belief();
    }

    Event.FindingRead finding(String id) {
        return one(Event.FindingRead.class, read -> (read.step() + "." + read.finding()).equals(id));
    }

    Event.StepEnded ended(String step) {
        return one(Event.StepEnded.class, ended -> ended.step().equals(step));
    }

    Event.StepNotRun notRun(String step) {
        return one(Event.StepNotRun.class, notRun -> notRun.step().equals(step));
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
            throw new IOException("nothing is kept in a rehearsal");
        }
    }
}
