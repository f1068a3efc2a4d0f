package dev.whydunit.packet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A stream of which a window is kept: standard input, a decompressor, a process that captures. */
final class StreamedBytes implements CaptureBytes {
    private static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INITIAL = 1 << 16;
    private static final int LARGEST = 2 * MOST;

    private final InputStream in;
    private byte[] window = new byte[INITIAL];
    private long start;
    private int filled;
    private boolean ended;

    StreamedBytes(InputStream in) {
        this.in = in;
    }

    @Override
    public boolean has(long offset, int length) throws IOException {
        if (offset >= start && offset + length <= start + filled) {
            return true;
        }
        return load(offset, length);
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
            int n = in.read(window, filled, window.length - filled);
            if (n < 0) {
                ended = true;
            } else {
                filled += n;
            }
        }
        return offset >= start && offset + length <= start + filled;
    }

    private void forget(long offset) {
        long done = Math.min(offset - start, filled);
        if (done > 0) {
            System.arraycopy(window, (int) done, window, 0, filled - (int) done);
            filled -= (int) done;
            start += done;
        }
    }

    /** The window is empty here: everything up to the offset is read over. */
    private void skipTo(long offset) throws IOException {
        int n = in.read(window, 0, (int) Math.min(window.length, offset - start));
        if (n < 0) {
            ended = true;
        } else {
            start += n;
        }
    }

    @Override
    public int int32(long offset) {
        return (int) LITTLE.get(window, (int) (offset - start));
    }

    @Override
    public void copy(long offset, byte[] to, int at, int length) {
        System.arraycopy(window, (int) (offset - start), to, at, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
