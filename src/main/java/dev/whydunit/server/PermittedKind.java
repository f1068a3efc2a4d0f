package dev.whydunit.server;

import dev.whydunit.config.SourceDefinition;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Commands;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.running.OpenSources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A step kind whose steps use a source only as many at once as its {@code max_at_once} says, and not while it is left alone (see {@link SourceGuards}). A
 * permit is taken when the step asks for the source, and given back when its look is over; the wait is part of the step's time.
 */
final class PermittedKind<P extends Record> implements StepKind<P> {
    /** Kept of the step's time to say that it waited in vain. */
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    private final StepKind<P> kind;
    private final OpenSources sources;
    private final SourcePermits permits;
    private final SourceGuards guards;
    private final Measures measures;

    PermittedKind(
            StepKind<P> kind, OpenSources sources, SourcePermits permits, SourceGuards guards, Measures measures) {
        this.guards = guards;
        this.measures = measures;
        this.kind = kind;
        this.sources = sources;
        this.permits = permits;
    }

    /** The kinds, those that read sources with permits. */
    static List<StepKind<?>> of(
            List<StepKind<?>> kinds,
            OpenSources sources,
            SourcePermits permits,
            SourceGuards guards,
            Measures measures) {
        return kinds.stream()
                .<StepKind<?>>map(kind -> kind.signature().source().isPresent()
                        ? new PermittedKind<>(kind, sources, permits, guards, measures)
                        : kind)
                .toList();
    }

    @Override
    public KindSignature signature() {
        return kind.signature();
    }

    @Override
    public String rendered(P parameters) {
        return kind.rendered(parameters);
    }

    @Override
    public Duration cost(P parameters) {
        return kind.cost(parameters);
    }

    @Override
    public boolean expectsData(P parameters) {
        return kind.expectsData(parameters);
    }

    @Override
    public boolean writes() {
        return kind.writes();
    }

    @Override
    public List<Touch> touches(P parameters) {
        return kind.touches(parameters);
    }

    @Override
    public Optional<String> undo(P parameters) {
        return kind.undo(parameters);
    }

    @Override
    public Observation observe(P parameters, StepContext context) throws Exception {
        long begun = System.nanoTime();
        String status = "failed";
        Permitted permitted = new Permitted(context);
        try (permitted) {
            Observation observation = kind.observe(parameters, permitted);
            status = switch (observation) {
                case Observation.Seen seen -> "ended";
                case Observation.Unseen unseen when unseen.cause() == Cause.UNREACHABLE -> "failed";
                case Observation.Unseen unseen -> unseen.cause().name().toLowerCase(Locale.ROOT);
            };
            permitted.tell(observation);
            return observation;
        } catch (InterruptedException e) {
            status = "interrupted";
            if (!context.remaining().isPositive()) {
                // Its time was over; a person who stops it does not make the source one that fails.
                permitted.failed();
            }
            throw e;
        } finally {
            measures.step(
                    kind.signature().name(), permitted.asked(), status, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** The right to use a source, and leave to ask it. */
    private record Held(SourcePermits.Permit permit, SourceGuards.Leave leave) {}

    /** The step's context, with permits for the sources that it has asked for. */
    private final class Permitted implements StepContext, AutoCloseable {
        private final StepContext context;
        private final Map<String, Held> held = new ConcurrentHashMap<>();

        Permitted(StepContext context) {
            this.context = context;
        }

        @Override
        public <S> S source(Class<S> type, Optional<String> name) throws SourceUnavailable {
            SourceDefinition definition = sources.definition(type, name);
            if (!held.containsKey(definition.name())) {
                held.put(definition.name(), held(definition));
            }
            try {
                return context.source(type, name);
            } catch (SourceUnavailable e) {
                // It cannot be opened, as it is configured: it was not asked.
                Optional.ofNullable(held.get(definition.name()))
                        .ifPresent(one -> one.leave().unused());
                throw e;
            }
        }

        /** The sources that it asked for. */
        String asked() {
            return String.join(",", new TreeSet<>(held.keySet()));
        }

        private Duration patience() {
            Duration left = context.remaining().minus(LAST_WORDS);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private Held held(SourceDefinition definition) throws SourceUnavailable {
            SourceGuards.Leave leave;
            try {
                leave = guards.enter(definition, patience());
            } catch (SourceUnavailable e) {
                measures.notAsked(definition.name());
                throw e;
            } catch (InterruptedException e) {
                throw stopped(definition);
            }
            try {
                return new Held(permit(definition), leave);
            } catch (SourceUnavailable e) {
                leave.unused();
                throw e;
            }
        }

        private SourceUnavailable stopped(SourceDefinition definition) {
            Thread.currentThread().interrupt();
            return new SourceUnavailable("source " + definition.name() + ": stopped while waiting for it");
        }

        /** What the look showed of the sources that were asked. */
        void tell(Observation observation) {
            boolean failed = observation instanceof Observation.Unseen unseen
                    && (unseen.cause() == Cause.UNREACHABLE || unseen.cause() == Cause.TIMED_OUT);
            if (failed) {
                failed();
            } else {
                held.values().forEach(one -> one.leave().answered());
            }
        }

        void failed() {
            held.values().forEach(one -> one.leave().failed());
        }

        private SourcePermits.Permit permit(SourceDefinition definition) throws SourceUnavailable {
            try {
                return permits.take(definition.name(), definition.maxAtOnce(), patience())
                        .orElseThrow(() -> new SourceUnavailable("source " + definition.name()
                                + " was in use by as many steps as may use it at once ("
                                + definition.maxAtOnce()
                                + ") for all of the step's time; raise its max_at_once, or the step's timeout"));
            } catch (SQLException e) {
                throw new SourceUnavailable("source " + definition.name()
                        + ": the database cannot be asked whether it is free: " + e.getMessage());
            } catch (InterruptedException e) {
                throw stopped(definition);
            }
        }

        @Override
        public void close() {
            held.values().forEach(one -> {
                one.leave().unused();
                one.permit().close();
            });
        }

        @Override
        public String step() {
            return context.step();
        }

        @Override
        public Optional<String> target() {
            return context.target();
        }

        @Override
        public InstantSource clock() {
            return context.clock();
        }

        @Override
        public Instant anchor() {
            return context.anchor();
        }

        @Override
        public Duration remaining() {
            return context.remaining();
        }

        @Override
        public Optional<Commands> commands() {
            return context.commands();
        }

        @Override
        public Optional<String> approvedBy() {
            return context.approvedBy();
        }

        @Override
        public Path baseDirectory() {
            return context.baseDirectory();
        }

        @Override
        public Artifact keep(String suffix, InputStream content) throws IOException {
            return context.keep(suffix, content);
        }

        @Override
        public void progress(String line) {
            context.progress(line);
        }
    }
}
