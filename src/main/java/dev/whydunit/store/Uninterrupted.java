package dev.whydunit.store;

import java.util.concurrent.BlockingQueue;

/**
 * Waits that an interruption does not end, for what must be kept or told even when everything is being stopped. Whoever waited is found
 * interrupted afterwards.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Adds to a queue; waits while it is full. */
    public static <T> void put(BlockingQueue<T> queue, T element) {
        until(() -> queue.put(element));
    }

    /** Waits until a thread has ended. */
    static void join(Thread thread) {
        until(thread::join);
    }

    @FunctionalInterface
    private interface Wait {
        void once() throws InterruptedException;
    }

    private static void until(Wait wait) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    wait.once();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
