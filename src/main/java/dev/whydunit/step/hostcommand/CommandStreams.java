package dev.whydunit.step.hostcommand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * Feeds a process and reads what it prints, each stream on a thread of its own, so that none can block another. These are
 * platform threads: a blocked read of a pipe holds the carrier of a virtual thread, and two commands would hold them all.
 */
final class CommandStreams implements ExecuteStreamHandler {
    static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("command ", 0).factory());
    /** A process that has ended while its output stays open left someone behind who holds it. */
    static final Duration LINGER = Duration.ofMillis(300);

    private final Optional<String> input;
    private final CommandOutput output;
    private final Callable<Integer> endLeftBehind;
    private final List<Future<?>> readers = new ArrayList<>();
    private Optional<OutputStream> toProcess = Optional.empty();
    private Optional<InputStream> fromStdout = Optional.empty();
    private Optional<InputStream> fromStderr = Optional.empty();
    private volatile boolean abandoned;

    /** @param endLeftBehind ends the processes that still hold the output */
    CommandStreams(Optional<String> input, CommandOutput output, Callable<Integer> endLeftBehind) {
        this.input = input;
        this.output = output;
        this.endLeftBehind = endLeftBehind;
    }

    /** Gives up on output that cannot be had any more. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public void setProcessInputStream(OutputStream stream) {
        toProcess = Optional.of(stream);
    }

    @Override
    public void setProcessOutputStream(InputStream stream) {
        fromStdout = Optional.of(stream);
    }

    @Override
    public void setProcessErrorStream(InputStream stream) {
        fromStderr = Optional.of(stream);
    }

    @Override
    public void start() throws IOException {
        fromStdout.ifPresent(stream -> readers.add(THREADS.submit(() -> read(stream, output.stdout()))));
        fromStderr.ifPresent(stream -> readers.add(THREADS.submit(() -> read(stream, output.stderr()))));
        if (toProcess.isPresent()) {
            OutputStream stream = toProcess.get();
            if (input.isPresent()) {
                THREADS.execute(() -> feed(stream, input.get()));
            } else {
                stream.close();
            }
        }
    }

    /** Called when the process has ended; waits until all that it printed has been read. */
    @Override
    public void stop() throws IOException {
        try {
            if (!join(LINGER)) {
                output.markLeftBehind();
                endLeftBehind.call();
                if (!join(LINGER)) {
                    abandoned = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the command's output was read", e);
        } catch (Exception e) {
            throw new IOException("cannot end what the command left behind: " + e.getMessage(), e);
        }
    }

    private boolean join(Duration atMost) throws InterruptedException, ExecutionException {
        long until = System.nanoTime() + atMost.toNanos();
        for (Future<?> reader : readers) {
            try {
                reader.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return false;
            }
        }
        return true;
    }

    private void read(InputStream stream, CappedOutput into) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0 && !abandoned; count = stream.read(buffer)) {
                into.write(buffer, count);
            }
        } catch (IOException e) {
            if (!abandoned) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static void feed(OutputStream stream, String text) {
        try (stream) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The command ended, or closed its input, before it had read all of it: its right, as `head` does.
            return;
        }
    }
}
