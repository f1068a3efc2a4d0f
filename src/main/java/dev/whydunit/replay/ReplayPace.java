package dev.whydunit.replay;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Time as a case tells it, without threads. A task is done at once, on the caller's thread, while the clock runs ahead; then the
 * clock is put back to where the task began, and what the task said is delivered at the moment at which it said it. So what runs at
 * once, what ends first and what is chosen next depend on the case alone.
 */
final class ReplayPace implements Pace, InstantSource {
    private Instant now;
    private long messages;

    ReplayPace(Instant begin) {
        this.now = begin;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Time passes for whoever runs now. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Task start(String name, Runnable task) {
        Instant begun = now;
        task.run();
        now = begun;
        // It has long ended: nothing is left to interrupt.
        return () -> {};
    }

    @Override
    public <T> List<T> all(List<Supplier<T>> tasks, int atOnce) {
        PriorityQueue<Instant> free = new PriorityQueue<>();
        Instant end = now;
        for (int i = 0; i < atOnce; i++) {
            free.add(now);
        }
        List<T> results = new ArrayList<>();
        for (Supplier<T> task : tasks) {
            now = free.remove();
            results.add(task.get());
            free.add(now);
            end = now.isAfter(end) ? now : end;
        }
        now = end;
        return results;
    }

    private record Sent<M>(Instant at, long number, M message) {}

    @Override
    public <M> Mailbox<M> mailbox() {
        PriorityQueue<Sent<M>> sent = new PriorityQueue<>(
                Comparator.<Sent<M>, Instant>comparing(Sent::at).thenComparing(Sent::number));
        return new Mailbox<>() {
            @Override
            public void put(M message) {
                sent.add(new Sent<>(now, messages++, message));
            }

            @Override
            public Optional<M> take(Duration atMost) {
                Instant patience = now.plus(atMost);
                if (sent.isEmpty() || sent.element().at().isAfter(patience)) {
                    now = patience;
                    return Optional.empty();
                }
                Sent<M> next = sent.remove();
                now = next.at().isAfter(now) ? next.at() : now;
                return Optional.of(next.message());
            }
        };
    }

    /** A case says what all attempts took together, the waits between them included. */
    @Override
    public void sleep(Duration time) {
        // Nothing passes here.
    }

    @Override
    public Observation within(Duration limit, String name, Look look, Unseen late) {
        Instant begun = now;
        Observation observation = look.look();
        Instant end = begun.plus(limit);
        if (!now.isAfter(end)) {
            return observation;
        }
        now = end;
        return observation instanceof Unseen unseen && unseen.cause() == Cause.TIMED_OUT ? unseen : late;
    }
}
