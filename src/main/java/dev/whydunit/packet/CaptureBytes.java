package dev.whydunit.packet;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * The bytes of a capture by their absolute offset, through a window that moves forward: what lies before an offset that was asked
 * for may be gone.
 */
final class CaptureBytes implements Closeable {
    /** Where bytes come from, first to last: a mapped file, standard input, a decompressor, a process that captures. */
    interface Source extends Closeable {
        /** As {@link java.io.InputStream#read(byte[], int, int)}. */
        int read(byte[] to, int at, int length) throws IOException;
    }

    /** Where windows come from and go to. */
    interface Windows {
        /**
         * The window is left behind: what reads on uses the one returned.
         *
         * @return as long as the one that is left, or that one itself when nobody needs it any more
         */
        byte[] exchange(byte[] left) throws IOException;
    }

    /** The longest run of bytes that can be asked for at once. */
    static final int MOST = 1 << 20;

    private static final int INITIAL = 1 << 18;
    private static final int LARGEST = 2 * MOST;

    private final Source source;
    private final Windows windows;
    private long start;
    private int filled;
    private boolean ended;

    /** The window; the byte at an offset is at {@link #index}. Replaced when it moves. */
    byte[] window = new byte[INITIAL];

    CaptureBytes(Source source) {
        this(source, left -> left);
    }

    CaptureBytes(Source source, Windows windows) {
        this.source = source;
        this.windows = windows;
    }

    /**
     * Whether this many bytes from the offset on are there; makes them available.
     *
     * @param length at most {@link #MOST}
     */
    boolean has(long offset, int length) throws IOException {
        long from = offset - start;
        return from >= 0 && from + length <= filled || load(offset, length);
    }

    /** Where in the window an offset is that {@link #has} said yes to. */
    int index(long offset) {
        return (int) (offset - start);
    }

    /** The 32 bits at an offset that {@link #has} said yes to, least significant byte first. */
    int int32(long offset) {
        int i = (int) (offset - start);
        return int16(i) | int16(i + 2) << 16;
    }

    private int int16(int i) {
        return window[i] & 0xff | (window[i + 1] & 0xff) << 8;
    }

    private boolean load(long offset, int length) throws IOException {
        if (length > MOST || offset < start) {
            return false;
        }
        forget(offset);
        while (offset + length > start + filled && !ended) {
            if (offset > start + filled) {
                skipTo(offset);
                continue;
            }
            if (filled == window.length) {
                window = Arrays.copyOf(window, Math.min(LARGEST, window.length * 2));
            }
            int n = source.read(window, filled, window.length - filled);
            if (n < 0) {
                ended = true;
            } else {
                filled += n;
            }
        }
        return offset >= start && offset + length <= start + filled;
    }

    private void forget(long offset) throws IOException {
        long done = Math.min(offset - start, filled);
        if (done > 0) {
            byte[] left = window;
            window = windows.exchange(left);
            System.arraycopy(left, (int) done, window, 0, filled - (int) done);
            filled -= (int) done;
            start += done;
        }
    }

    /** The window is empty here: everything up to the offset is read over. */
    private void skipTo(long offset) throws IOException {
        int n = source.read(window, 0, (int) Math.min(window.length, offset - start));
        if (n < 0) {
            ended = true;
        } else {
            start += n;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
