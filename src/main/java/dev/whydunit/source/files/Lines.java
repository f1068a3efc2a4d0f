package dev.whydunit.source.files;

import dev.whydunit.source.log.LogUnreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Cuts bytes into lines in place: a line is a part of {@link #bytes()}, without its line end. A line longer than the limit is cut;
 * what is behind the cut is passed over. Memory is one buffer, whatever is read. Not thread-safe.
 */
final class Lines {
    /** The longest line, in bytes. */
    static final int LINE_LIMIT = 1 << 20;

    private static final int CHUNK = 1 << 18;

    private final ReadableByteChannel channel;
    private final Meter meter;
    private final byte[] buffer = new byte[LINE_LIMIT + CHUNK];
    private int start;
    private int end;
    private int next;
    private int filled;
    private boolean ended;
    private long cut;
    private long consumed;

    /** Told of every chunk that was read; throws when that is too much or takes too long. */
    @FunctionalInterface
    interface Meter {
        void read(int bytes) throws IOException, LogUnreadable, InterruptedException;
    }

    Lines(ReadableByteChannel channel, Meter meter) {
        this.channel = channel;
        this.meter = meter;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** How many lines were cut so far. */
    long cut() {
        return cut;
    }

    /** How many bytes lie before the next line. */
    long consumed() {
        return consumed + next;
    }

    /** Goes to the next line; false when there is none. */
    boolean next() throws IOException, LogUnreadable, InterruptedException {
        start = next;
        int scanned = start;
        while (true) {
            int newline = newline(scanned, filled);
            if (newline >= 0) {
                next = newline + 1;
                return line(newline);
            }
            scanned = filled;
            if (ended) {
                next = filled;
                return start < filled && line(filled);
            }
            if (filled - start > LINE_LIMIT) {
                next = filled;
                skip();
                return line(start + LINE_LIMIT);
            }
            scanned -= fill();
        }
    }

    private boolean line(int to) {
        end = to;
        if (end - start > LINE_LIMIT) {
            end = start + LINE_LIMIT;
            cut++;
        } else if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        return true;
    }

    /** Reads more behind what is there; returns by how much what is there was moved. */
    private int fill() throws IOException, LogUnreadable, InterruptedException {
        int moved = 0;
        if (buffer.length - filled < CHUNK) {
            moved = start;
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= moved;
            consumed += moved;
            start = 0;
        }
        read(filled);
        return moved;
    }

    private void read(int at) throws IOException, LogUnreadable, InterruptedException {
        int read = channel.read(ByteBuffer.wrap(buffer, at, CHUNK));
        if (read < 0) {
            ended = true;
        } else {
            meter.read(read);
            filled = at + read;
        }
    }

    /** Passes over the rest of a line that is too long; the line's beginning stays where it is. */
    private void skip() throws IOException, LogUnreadable, InterruptedException {
        cut++;
        int keep = start + LINE_LIMIT;
        // The rest is read behind the kept part, again and again.
        if (keep + CHUNK > buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            consumed += start;
            filled -= start;
            start = 0;
            keep = LINE_LIMIT;
        }
        consumed += filled - keep;
        filled = keep;
        while (!ended) {
            read(keep);
            int newline = newline(keep, filled);
            if (newline >= 0) {
                next = newline + 1;
                return;
            }
            consumed += filled - keep;
            filled = keep;
        }
        next = filled;
    }

    private int newline(int from, int to) {
        byte[] b = buffer;
        for (int i = from; i < to; i++) {
            if (b[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
