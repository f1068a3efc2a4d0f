package dev.whydunit.engine;

import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one observation within its time limit. The kind's thread is interrupted at the limit and given a moment to end what
 * it started; a kind that does not end then is left behind, and its late result is ignored.
 */
final class BoundedObservation {
    /** How long a kind may take to end its children after it was interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private BoundedObservation() {}

    /** @throws InterruptedException when the investigation is being stopped; the kind was interrupted too */
    static <P extends Record> Observation observe(
            StepKind<P> kind, P parameters, StepContext context, Duration limit, String name)
            throws InterruptedException {
        CompletableFuture<Observation> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("step " + name).start(() -> {
            try {
                outcome.complete(kind.observe(parameters, context));
            } catch (InterruptedException e) {
                outcome.complete(timedOut(limit));
            } catch (SourceUnavailable e) {
                outcome.complete(new Unseen(Cause.FAILED, message(e), ""));
            } catch (Exception e) {
                outcome.complete(new Unseen(Cause.FAILED, message(e), ""));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        try {
            return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            end(thread);
            // A kind that knows what it had seen so far may say more than that time ran out.
            return outcome.getNow(timedOut(limit)) instanceof Unseen unseen && unseen.cause() == Cause.TIMED_OUT
                    ? unseen
                    : timedOut(limit);
        } catch (ExecutionException e) {
            return new Unseen(
                    Cause.FAILED,
                    "internal error: " + message(e.getCause() == null ? e : e.getCause()),
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

    private static Unseen timedOut(Duration limit) {
        return new Unseen(
                Cause.TIMED_OUT,
                "did not end within " + Seconds.text(limit),
                "raise the step's timeout, or make what it asks for smaller");
    }

    /** What an exception says, or its type where it says nothing. */
    static String message(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
