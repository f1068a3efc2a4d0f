package dev.whydunit.engine;

import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import java.time.Duration;

/** One observation within its time limit; whatever a kind throws becomes what it could not see. */
final class BoundedObservation {
    private BoundedObservation() {}

    /** @throws InterruptedException when the investigation is being stopped; the kind was interrupted too */
    static <P extends Record> Observation observe(
            Pace pace, StepKind<P> kind, P parameters, StepContext context, Duration limit, String name)
            throws InterruptedException {
        Unseen late = new Unseen(
                Cause.TIMED_OUT,
                "did not end within " + Seconds.text(limit),
                "raise the step's timeout, or make what it asks for smaller");
        return pace.within(limit, "step " + name, () -> look(kind, parameters, context, late), late);
    }

    private static <P extends Record> Observation look(
            StepKind<P> kind, P parameters, StepContext context, Unseen late) {
        try {
            return kind.observe(parameters, context);
        } catch (InterruptedException e) {
            return late;
        } catch (Exception e) {
            return new Unseen(Cause.FAILED, message(e), "");
        }
    }

    /** What an exception says, or its type where it says nothing. */
    static String message(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
