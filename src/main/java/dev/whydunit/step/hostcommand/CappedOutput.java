package dev.whydunit.step.hostcommand;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the first and the last half of a stream of bytes within a limit, and counts the rest. Thread-safe. */
final class CappedOutput {
    private final int half;
    private byte[] head = new byte[0];
    private byte[] ring = new byte[0];
    private long total;

    /** @param limit how many bytes are kept, in all */
    CappedOutput(int limit) {
        half = limit / 2;
    }

    synchronized void write(byte[] bytes, int length) {
        int toHead = (int) Math.min(length, Math.max(0, half - total));
        if (toHead > 0) {
            head = grown(head, (int) total + toHead);
            System.arraycopy(bytes, 0, head, (int) total, toHead);
        }
        long afterHead = Math.max(0, total - half);
        for (int from = toHead; from < length; ) {
            int at = (int) (afterHead % half);
            int count = Math.min(length - from, half - at);
            ring = grown(ring, at + count);
            System.arraycopy(bytes, from, ring, at, count);
            from += count;
            afterHead += count;
        }
        total += length;
    }

    /** How many bytes in the middle were not kept. */
    synchronized long leftOut() {
        return Math.max(0, total - 2L * half);
    }

    /** What was kept, read as UTF-8, with a line that says what is missing. */
    synchronized String text() {
        int headLength = (int) Math.min(total, half);
        long afterHead = total - headLength;
        if (afterHead <= half) {
            byte[] all = Arrays.copyOf(head, headLength + (int) afterHead);
            System.arraycopy(ring, 0, all, headLength, (int) afterHead);
            return new String(all, StandardCharsets.UTF_8);
        }
        byte[] tail = new byte[half];
        int oldest = (int) (afterHead % half);
        System.arraycopy(ring, oldest, tail, 0, half - oldest);
        System.arraycopy(ring, 0, tail, half - oldest, oldest);
        return new String(head, 0, headLength, StandardCharsets.UTF_8)
                + "\n[… " + leftOut() + " bytes left out …]\n"
                + new String(tail, StandardCharsets.UTF_8);
    }

    private byte[] grown(byte[] array, int needed) {
        return needed <= array.length
                ? array
                : Arrays.copyOf(array, Math.min(half, Math.max(needed, Math.max(512, array.length * 2))));
    }
}
