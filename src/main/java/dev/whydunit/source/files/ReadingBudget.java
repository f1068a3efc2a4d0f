package dev.whydunit.source.files;

import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import java.time.Duration;

/** What one question may cost in bytes and time. Not thread-safe. */
final class ReadingBudget implements Lines.Meter {
    private final String source;
    private final long maxBytes;
    private final Duration limit;
    private final long started = System.nanoTime();
    private long bytes;

    ReadingBudget(String source, long maxBytes, Duration limit) {
        this.source = source;
        this.maxBytes = maxBytes;
        this.limit = limit;
    }

    /** @throws LogUnreadable when it is used up: an answer from a part of the files would be wrong without looking so */
    @Override
    public void read(int more) throws LogUnreadable, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while reading files");
        }
        bytes += more;
        if (bytes > maxBytes) {
            throw new LogUnreadable(
                    Reason.FAILED,
                    "source " + source + ": there is more to read than max_bytes (" + maxBytes + ")",
                    "Ask about less time or fewer files, or raise max_bytes of the source.");
        }
        if (System.nanoTime() - started > limit.toNanos()) {
            throw new LogUnreadable(
                    Reason.TIMED_OUT,
                    "source " + source + ": not read to the end within " + limit.toMillis() / 1000.0 + " s; " + bytes
                            + " bytes were read",
                    "Ask about less time or fewer files, or raise the step's timeout.");
        }
    }
}
