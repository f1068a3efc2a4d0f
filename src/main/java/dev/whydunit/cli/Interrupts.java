package dev.whydunit.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM while an investigation runs: its steps are ended, what was seen is journaled, and the summary so far is
 * printed before the process ends.
 */
final class Interrupts {
    /** The time that ending steps and printing the summary may take before the process ends anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final CountDownLatch SUMMARY_PRINTED = new CountDownLatch(1);
    private static final AtomicBoolean RUNNING = new AtomicBoolean();
    private static final AtomicBoolean INTERRUPTED = new AtomicBoolean();

    private Interrupts() {}

    /** Runs it; a signal stops it instead of ending the process. */
    static String run(Going investigation) {
        RUNNING.set(true);
        Thread hook = new Thread(
                () -> {
                    INTERRUPTED.set(true);
                    investigation.stop();
                    awaitSummary();
                    // The JVM would end with 128 + the signal's number; 130 is what scripts expect of a run that was
                    // stopped.
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        String ending = investigation.run();
        if (!INTERRUPTED.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came in this very moment: the hook waits for the summary.
                INTERRUPTED.set(true);
            }
        }
        return ending;
    }

    private static void awaitSummary() {
        try {
            boolean printed = SUMMARY_PRINTED.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!printed) {
                System.err.println(
                        "whydunit: the summary was not ready in time; see: whydunit investigation show latest");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Says that the command is over. When the process is being ended by a signal, this lets it end; the caller must then wait, since
     * exiting during a shutdown blocks.
     *
     * @return whether a signal is ending the process
     */
    static boolean over() {
        SUMMARY_PRINTED.countDown();
        return RUNNING.get() && INTERRUPTED.get();
    }
}
