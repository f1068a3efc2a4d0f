package dev.whydunit.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes a while to look at, looked at no more often than needed and by one thread at a time, however many ask. Thread-safe.
 *
 * @param <T> what is seen
 */
final class Looked<T> {
    private final String name;
    private final Duration fresh;
    private final Duration limit;
    private final Callable<T> look;
    private final Function<Exception, T> failed;

    private @Nullable T seen;
    private long seenAt;
    private @Nullable CompletableFuture<T> looking;
    /** Whether the look that was begun last goes on. */
    private BooleanSupplier hangs = () -> false;

    /**
     * Looks at nothing yet.
     *
     * @param fresh for how long what was seen holds
     * @param limit how long a look may take; then it is interrupted
     * @param failed what is seen when a look fails, with a {@link TimeoutException} when it took too long
     */
    Looked(String name, Duration fresh, Duration limit, Callable<T> look, Function<Exception, T> failed) {
        this.name = name;
        this.fresh = fresh;
        this.limit = limit;
        this.look = look;
        this.failed = failed;
    }

    /** Begins to look, when what was seen is too old. */
    synchronized CompletableFuture<T> refresh() {
        if (seen != null && System.nanoTime() - seenAt < fresh.toNanos()) {
            return CompletableFuture.completedFuture(seen);
        }
        if (looking != null) {
            return looking;
        }
        if (hangs.getAsBoolean()) {
            // It did not heed its limit; no second one is sent after it.
            return CompletableFuture.completedFuture(failed.apply(new TimeoutException()));
        }
        CompletableFuture<T> begun = new CompletableFuture<>();
        looking = begun;
        AtomicBoolean done = new AtomicBoolean();
        Thread looker = Thread.ofVirtual().name("look at " + name).start(() -> {
            T value;
            try {
                value = look.call();
            } catch (Exception e) {
                value = failed.apply(e);
            }
            // Said first: whoever is told of the value may look again before this thread has ended.
            done.set(true);
            begun.complete(value);
        });
        hangs = () -> looker.isAlive() && !done.get();
        CompletableFuture<T> bounded = new CompletableFuture<>();
        begun.completeOnTimeout(failed.apply(new TimeoutException()), limit.toNanos(), TimeUnit.NANOSECONDS)
                .thenAccept(value -> {
                    looker.interrupt();
                    keep(value);
                    bounded.complete(value);
                });
        if (looking == begun) {
            looking = bounded;
        }
        return bounded;
    }

    private synchronized void keep(T value) {
        seen = value;
        seenAt = System.nanoTime();
        looking = null;
    }

    /** What is seen now; what was seen last when that takes longer than the patience; empty when there was no look before. */
    Optional<T> now(Duration patience) {
        try {
            return Optional.of(refresh().get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return last();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last();
        } catch (ExecutionException e) {
            throw new IllegalStateException("looking at " + name + " failed", e.getCause());
        }
    }

    private synchronized Optional<T> last() {
        return Optional.ofNullable(seen);
    }
}
