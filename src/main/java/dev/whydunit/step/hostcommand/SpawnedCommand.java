package dev.whydunit.step.hostcommand;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/**
 * A child that {@link PosixSpawn} started: one thread reads both its outputs and waits for its end, since every further
 * thread costs a tenth of a millisecond for each command. Its methods are called by that thread alone, but for {@link #handle}.
 */
final class SpawnedCommand implements AutoCloseable {
    private static final int NONE = -1;
    private static final int POLL_IN = 1;
    private static final int POLL_ENTRY_BYTES = 8;
    private static final int BUFFER_BYTES = 16 * 1024;
    /** {@code poll} may be interrupted by a signal; one that fails again and again has another reason. */
    private static final int MAX_POLL_FAILURES = 1000;

    private final PosixSpawn libc;
    private final int pid;
    private final int[] outputs;
    private final int exitDescriptor;
    private boolean reaped;

    /**
     * @param stdout our end of its standard output, as a descriptor that this object closes
     * @param stderr likewise
     * @param exitDescriptor readable once the process has ended
     */
    SpawnedCommand(PosixSpawn spawn, int pid, int stdout, int stderr, int exitDescriptor) {
        this.libc = spawn;
        this.pid = pid;
        this.outputs = new int[] {stdout, stderr};
        this.exitDescriptor = exitDescriptor;
    }

    /** The process; empty once its end was collected, since its number may then be another's. Called from any thread. */
    synchronized Optional<ProcessHandle> handle() {
        return reaped ? Optional.empty() : ProcessHandle.of(pid);
    }

    /**
     * Reads until both outputs have ended, or the process has ended and a while has gone by.
     *
     * @param linger how long outputs may stay open after the process's end
     * @return whether both outputs have ended
     */
    boolean read(CommandOutput into, Duration linger) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entries = arena.allocate(3L * POLL_ENTRY_BYTES, 4);
            MemorySegment buffer = arena.allocate(BUFFER_BYTES);
            boolean ended = false;
            long until = Long.MAX_VALUE;
            int failures = 0;
            while (outputs[0] != NONE || outputs[1] != NONE) {
                long left = ended ? until - System.nanoTime() : 0;
                if (ended && left <= 0) {
                    return false;
                }
                watch(entries, 0, outputs[0]);
                watch(entries, 1, outputs[1]);
                watch(entries, 2, ended ? NONE : exitDescriptor);
                if (libc.poll(entries, 3, ended ? (int) (left / 1_000_000) + 1 : -1) < 0) {
                    failures++;
                    if (failures > MAX_POLL_FAILURES) {
                        throw new IOException("cannot wait for the output of process " + pid);
                    }
                    continue;
                }
                readReady(entries, 0, into.stdout(), buffer);
                readReady(entries, 1, into.stderr(), buffer);
                if (!ended && happened(entries, 2)) {
                    ended = true;
                    until = System.nanoTime() + linger.toNanos();
                }
            }
            return true;
        }
    }

    private static void watch(MemorySegment entries, int index, int descriptor) {
        long at = (long) index * POLL_ENTRY_BYTES;
        entries.set(JAVA_INT, at, descriptor);
        entries.set(JAVA_SHORT, at + 4, (short) POLL_IN);
        entries.set(JAVA_SHORT, at + 6, (short) 0);
    }

    private static boolean happened(MemorySegment entries, int index) {
        return entries.get(JAVA_SHORT, (long) index * POLL_ENTRY_BYTES + 6) != 0;
    }

    private void readReady(MemorySegment entries, int stream, CappedOutput into, MemorySegment buffer) {
        if (outputs[stream] == NONE || !happened(entries, stream)) {
            return;
        }
        int count = libc.read(outputs[stream], buffer);
        if (count > 0) {
            into.write(buffer.asSlice(0, count).toArray(JAVA_BYTE), count);
        } else {
            libc.close(outputs[stream]);
            outputs[stream] = NONE;
        }
    }

    /** Waits for the process's end, which may be long after the end of its output; gives its exit code, 128 and the signal's number if one ended it. */
    int await() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entries = arena.allocate(POLL_ENTRY_BYTES, 4);
            do {
                watch(entries, 0, exitDescriptor);
            } while (libc.poll(entries, 1, -1) < 0 || !happened(entries, 0));
        }
        synchronized (this) {
            reaped = true;
            return libc.reap(pid);
        }
    }

    @Override
    public void close() {
        for (int stream = 0; stream < outputs.length; stream++) {
            if (outputs[stream] != NONE) {
                libc.close(outputs[stream]);
                outputs[stream] = NONE;
            }
        }
        libc.close(exitDescriptor);
    }
}
