package dev.whydunit.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an investigation spends time: what runs at once, what waits, and for how long. {@link #real} uses threads; a replay brings
 * one that does everything in turn by a clock of its own, so that equal cases give equal results.
 */
public interface Pace {
    /** What was begun and may be stopped. */
    interface Task {
        /** Asks it to end soon. */
        void interrupt();
    }

    /** Where tasks leave messages for the one that began them. */
    interface Mailbox<M> {
        /** Leaves a message; never waits. */
        void put(M message);

        /**
         * The oldest message, once there is one; empty when none came in that time.
         *
         * @throws InterruptedException when whoever waits is to stop
         */
        Optional<M> take(Duration atMost) throws InterruptedException;
    }

    /** One look at the world, which says itself what went wrong. */
    interface Look {
        /** Ends soon after its thread was interrupted. */
        Observation look();
    }

    /** Begins a task beside all that run. */
    Task start(String name, Runnable task);

    /** Does all of them, at most so many at once, and waits; results in their order. When the caller is interrupted, so are they. */
    <T> List<T> all(List<Supplier<T>> tasks, int atOnce);

    /** An empty mailbox. */
    <M> Mailbox<M> mailbox();

    /** Waits between two attempts. */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Looks, but not for longer than a limit.
     *
     * @param late what is said when it did not end; a look that was itself ended by the limit may say more
     * @throws InterruptedException when the investigation is being stopped; the look was interrupted too
     */
    Observation within(Duration limit, String name, Look look, Observation.Unseen late) throws InterruptedException;

    /** Threads, and the time of the machine. */
    static Pace real() {
        return new ThreadPace();
    }
}
