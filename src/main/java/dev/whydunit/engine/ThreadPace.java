package dev.whydunit.engine;

import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Virtual threads, and the time of the machine. */
final class ThreadPace implements Pace {
    /** How long a look may take to end its children after it was interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    @Override
    public Task start(String name, Runnable task) {
        return Thread.ofVirtual().name(name).start(task)::interrupt;
    }

    @Override
    public <T> List<T> all(List<Supplier<T>> tasks, int atOnce) {
        Semaphore slots = new Semaphore(atOnce);
        List<T> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Supplier<T> task : tasks) {
                futures.add(executor.submit(() -> {
                    // An interrupt while waiting is seen by the task itself, which then says that it was stopped.
                    slots.acquireUninterruptibly();
                    try {
                        return task.get();
                    } finally {
                        slots.release();
                    }
                }));
            }
            for (Future<T> future : futures) {
                results.add(await(future, executor));
            }
        }
        return results;
    }

    /** Waits for one; when the caller is being stopped, all of them are. */
    private static <T> T await(Future<T> future, ExecutorService executor) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    executor.shutdownNow();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("looking at a target of a step failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public <M> Mailbox<M> mailbox() {
        BlockingQueue<M> queue = new LinkedBlockingQueue<>();
        return new Mailbox<>() {
            @Override
            public void put(M message) {
                queue.add(message);
            }

            @Override
            public Optional<M> take(Duration atMost) throws InterruptedException {
                return Optional.ofNullable(queue.poll(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS));
            }
        };
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /**
     * The look's thread is interrupted at the limit and given a moment to end what it started; a look that does not end then is
     * left behind, and its late result is ignored.
     */
    @Override
    public Observation within(Duration limit, String name, Look look, Unseen late) throws InterruptedException {
        CompletableFuture<Observation> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                outcome.complete(look.look());
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        try {
            return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            end(thread);
            // A kind that knows what it had seen so far may say more than that time ran out.
            return outcome.getNow(late) instanceof Unseen unseen && unseen.cause() == Cause.TIMED_OUT ? unseen : late;
        } catch (ExecutionException e) {
            return new Unseen(
                    Cause.FAILED,
                    "internal error: " + BoundedObservation.message(e.getCause() == null ? e : e.getCause()),
                    "report it, with the runbook");
        } catch (InterruptedException e) {
            end(thread);
            throw e;
        }
    }

    private static void end(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join(GRACE);
    }
}
