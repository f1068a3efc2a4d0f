package dev.whydunit.source.metric;

import dev.whydunit.promql.Durations;
import dev.whydunit.promql.Labels;
import dev.whydunit.promql.PromqlException;
import dev.whydunit.promql.PromqlQuery;
import dev.whydunit.promql.PromqlQuery.Evaluation;
import dev.whydunit.promql.PromqlQuery.ShortRange;
import dev.whydunit.promql.TimeSeries;
import dev.whydunit.source.Probed;
import dev.whydunit.source.metric.MetricFailure.Reason;
import dev.whydunit.source.metric.Sampler.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A source that has no history of its own: it takes samples for a short time when it is asked, keeps them, and evaluates the
 * subset of PromQL over all that it has kept. Questions that come while it collects share the collection.
 */
public final class CollectingSource implements MetricSource, Probed {
    private static final int MOST_SAMPLES = 1_500_000;
    private static final int MOST_SERIES = 50_000;
    private static final int POINTS = 120;

    /** How long after the moment in question a collection may end before it is said. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final String source;
    private final Sampler sampler;
    private final Duration length;
    private final Duration every;
    private final InstantSource clock;
    private final CollectedSamples samples;
    private final ReentrantLock sampling = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Collection running;
    private @Nullable Thread background;
    private boolean closed;

    /** Why the last sample that nobody waited for could not be taken: told to who asks next. */
    private volatile @Nullable MetricFailure missed;

    private long lastMoment = Long.MIN_VALUE;

    /**
     * Collects nothing yet.
     *
     * @param source its name, for messages
     * @param sampler closed with this
     * @param length how long one collection lasts
     * @param every from one sample to the next
     * @param background from one sample to the next while nobody asks, from now on until it is closed; empty for never
     * @throws IllegalArgumentException when the durations make no sense
     */
    public CollectingSource(
            String source,
            Sampler sampler,
            Duration length,
            Duration every,
            Optional<Duration> background,
            InstantSource clock) {
        if (every.toMillis() < 10 || length.compareTo(every) < 0 || length.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "source " + source + ": every must be at least 10ms, and for between every and 10m");
        }
        if (background.isPresent() && background.get().compareTo(every) < 0) {
            throw new IllegalArgumentException("source " + source + ": background must not be shorter than every");
        }
        this.source = source;
        this.sampler = sampler;
        this.length = length;
        this.every = every;
        this.clock = clock;
        this.samples =
                new CollectedSamples(MOST_SAMPLES, 3 * background.orElse(every).toMillis());
        background.ifPresent(pause ->
                this.background = Thread.ofVirtual().name("watch " + source).start(() -> watch(pause)));
    }

    @Override
    public Optional<String> trouble(Duration limit) throws InterruptedException {
        return sampler.trouble(limit);
    }

    @Override
    public MetricAnswer ask(MetricQuestion question) throws MetricFailure, InterruptedException {
        PromqlQuery query;
        try {
            query = PromqlQuery.parse(question.promql());
        } catch (PromqlException e) {
            throw unreadable(e);
        }
        Collected collected = collect(question.limit());
        long to = collected.to();
        long over = question.over().toMillis();
        long[] window = samples.moments(to - over, to);
        Set<String> caveats = new LinkedHashSet<>();
        for (Gap lacking : collected.gaps()) {
            if (question.promql().contains(lacking.metrics())) {
                caveats.add(lacking.says());
            }
        }
        MetricFailure gap = missed;
        if (gap != null) {
            caveats.add("Samples of earlier are missing: " + gap.why());
            missed = null;
        }
        long covered = to - window[0];
        if (question.end().plus(SOON).isBefore(Instant.ofEpochMilli(to))) {
            caveats.add("The window ends now, "
                    + Durations.text(Duration.ofSeconds(Duration.between(question.end(), Instant.ofEpochMilli(to))
                            .toSeconds()))
                    + " after the moment in question: " + source + " cannot look back");
        }
        Duration step = question.step().orElse(Duration.ofMillis(Math.max(every.toMillis(), covered / POINTS)));
        Evaluation now = evaluate(query, thinned(window, step.toMillis()));
        cut(question.over(), Duration.ofMillis(covered), now.shortRange()).ifPresent(caveats::add);
        Optional<List<TimeSeries>> baseline = Optional.empty();
        if (question.baselineShift().isPresent()) {
            long end = to - question.baselineShift().get().toMillis();
            // A moment that both windows share belongs to the later one.
            long[] before = samples.moments(end - over, Math.min(end, window[0] - 1));
            if (before.length == 0) {
                caveats.add("There is no baseline: " + source + " had collected nothing at that time");
            } else {
                baseline = Optional.of(
                        evaluate(query, thinned(before, step.toMillis())).series());
            }
        }
        return new MetricAnswer(
                now.series(),
                baseline,
                Instant.ofEpochMilli(window[0]),
                Instant.ofEpochMilli(to),
                step,
                new ArrayList<>(caveats));
    }

    /** What was asked for and is longer than there are samples. */
    private Optional<String> cut(Duration over, Duration covered, Optional<ShortRange> range) {
        List<String> cut = new ArrayList<>();
        Duration samples = covered;
        if (covered.plus(every.multipliedBy(2)).compareTo(over) < 0) {
            cut.add("a window of " + Durations.text(over));
        }
        if (range.isPresent()) {
            cut.add("[" + Durations.text(range.get().asked()) + "] in the query");
            samples = range.get().covered();
        }
        return cut.isEmpty()
                ? Optional.empty()
                : Optional.of(source + " has " + about(samples) + " of samples, the question asks for "
                        + String.join(" and ", cut));
    }

    /** To a tenth of a second, and to a second from ten on. */
    private static String about(Duration duration) {
        long unit = duration.toSeconds() < 10 ? 100 : 1000;
        return Durations.text(Duration.ofMillis(Math.round((double) duration.toMillis() / unit) * unit));
    }

    private Evaluation evaluate(PromqlQuery query, long[] moments) throws MetricFailure, InterruptedException {
        try {
            return query.evaluate(samples, moments);
        } catch (PromqlException e) {
            throw unreadable(e);
        }
    }

    private MetricFailure unreadable(PromqlException e) {
        return new MetricFailure(Reason.FAILED, source + ": query " + e.getMessage(), "correct the step's query");
    }

    /** Some of the moments, the last among them, at least {@code step} apart; samples come a little early or late. */
    private long[] thinned(long[] moments, long step) {
        long distance = Math.max(step - every.toMillis() / 4, samplesApart(moments));
        long[] kept = new long[moments.length];
        int at = kept.length;
        for (int i = moments.length - 1; i >= 0; i--) {
            if (at == kept.length || kept[at] - moments[i] >= distance) {
                kept[--at] = moments[i];
            }
        }
        return Arrays.copyOfRange(kept, at, kept.length);
    }

    /** However small a step is asked for, there are at most ten times the usual number of points. */
    private static long samplesApart(long[] moments) {
        return (moments[moments.length - 1] - moments[0]) / (10L * POINTS);
    }

    private record Collected(long to, Set<Gap> gaps) {}

    private final class Collection {
        private final CompletableFuture<Collected> outcome = new CompletableFuture<>();
        private final Thread thread =
                Thread.ofVirtual().name("collect " + source).unstarted(() -> collect(this));
        private int waiting;
    }

    private Collected collect(Duration limit) throws MetricFailure, InterruptedException {
        Collection joined = join();
        try {
            return joined.outcome.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new MetricFailure(
                    Reason.TIMED_OUT,
                    source + ": collecting for " + Durations.text(length) + " did not end within "
                            + Durations.text(limit),
                    "raise the step's timeout, or collect for a shorter time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MetricFailure failure) {
                throw new MetricFailure(failure.reason(), failure.why(), failure.help());
            }
            throw new IllegalStateException("collecting for " + source, e);
        } finally {
            leave(joined);
        }
    }

    private Collection join() throws MetricFailure {
        lock.lock();
        try {
            if (closed) {
                throw new MetricFailure(Reason.FAILED, source + " is closed", "");
            }
            Collection collection = running;
            if (collection == null || collection.outcome.isDone()) {
                collection = new Collection();
                running = collection;
                collection.thread.start();
            }
            collection.waiting++;
            return collection;
        } finally {
            lock.unlock();
        }
    }

    /** The last one to leave ends the collection: nobody wants it any more. */
    private void leave(Collection collection) {
        lock.lock();
        try {
            if (--collection.waiting == 0 && !collection.outcome.isDone()) {
                collection.thread.interrupt();
                running = running == collection ? null : running;
            }
        } finally {
            lock.unlock();
        }
    }

    private void collect(Collection collection) {
        Set<Gap> gaps = new LinkedHashSet<>();
        Optional<MetricFailure> failed = Optional.empty();
        long start = System.nanoTime();
        long last = Long.MIN_VALUE;
        int good = 0;
        boolean extra = false;
        try {
            for (int taken = 1; ; taken++) {
                try {
                    last = sampleOnce(gaps);
                    good++;
                } catch (MetricFailure e) {
                    failed = Optional.of(e);
                    if (e.reason() == Reason.DENIED) {
                        break;
                    }
                }
                long elapsed = System.nanoTime() - start;
                boolean timeIsUp = elapsed >= length.toNanos();
                if (timeIsUp && (good != 1 || extra)) {
                    break;
                }
                // One sample has no rate: a slow target is asked once more, after its time.
                extra = timeIsUp;
                // The last sample is taken at the end, however the interval divides the length.
                long next = timeIsUp ? elapsed + every.toNanos() : Math.min(taken * every.toNanos(), length.toNanos());
                if (next > elapsed) {
                    TimeUnit.NANOSECONDS.sleep(next - elapsed);
                }
            }
            if (good == 0) {
                collection.outcome.completeExceptionally(failed.orElseThrow());
            } else {
                failed.ifPresent(e -> gaps.add(new Gap("", "Some samples are missing: " + e.why())));
                collection.outcome.complete(new Collected(last, gaps));
            }
        } catch (InterruptedException e) {
            collection.outcome.completeExceptionally(
                    new MetricFailure(Reason.FAILED, source + ": collecting was stopped", ""));
        } catch (RuntimeException | Error e) {
            collection.outcome.completeExceptionally(e);
        }
    }

    private long sampleOnce(Set<Gap> gaps) throws MetricFailure, InterruptedException {
        sampling.lockInterruptibly();
        try {
            Map<Labels, Double> taken = new HashMap<>();
            long moment = Math.max(clock.millis(), lastMoment + 1);
            lastMoment = moment;
            boolean[] cut = {false};
            try {
                gaps.addAll(sampler.sample(length.plusSeconds(30), (labels, value) -> {
                    if (taken.size() < MOST_SERIES) {
                        taken.putIfAbsent(labels, value);
                    } else {
                        cut[0] = true;
                    }
                }));
            } finally {
                samples.append(moment, taken);
            }
            if (cut[0]) {
                gaps.add(new Gap("", source + " shows more than " + MOST_SERIES + " series: the rest is not read"));
            }
            return moment;
        } finally {
            sampling.unlock();
        }
    }

    private void watch(Duration pause) {
        try {
            while (true) {
                try {
                    sampleOnce(new LinkedHashSet<>());
                } catch (MetricFailure e) {
                    missed = e;
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Collection collection = running;
            if (collection != null) {
                collection.thread.interrupt();
            }
            Thread watching = background;
            if (watching != null) {
                watching.interrupt();
            }
        } finally {
            lock.unlock();
        }
        sampler.close();
    }
}
