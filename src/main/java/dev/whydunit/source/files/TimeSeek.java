package dev.whydunit.source.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/**
 * Finds where a stretch of time lies in a large file whose lines are in the order of time, by looking at a few places. A file in which
 * the lines of a sample of places are out of order by more than the slack is read as a whole. Not thread-safe.
 */
final class TimeSeek {
    /** Files smaller than this are read as a whole. */
    static final long WORTHWHILE = 8L << 20;

    /** By how much lines may be out of order, in nanoseconds: a minute. */
    static final long SLACK = 60_000_000_000L;

    private static final int PLACES = 32;
    private static final int CHUNK = 1 << 16;
    private static final int LOOK = 1 << 18;

    private final FileChannel file;
    private final long size;
    private final LineFormat format;
    private final byte[] buffer = new byte[LOOK];

    /** A part of a file. */
    record Part(long from, long to) {}

    TimeSeek(FileChannel file, long size, LineFormat format) {
        this.file = file;
        this.size = size;
        this.format = format;
    }

    /** Whether all lines at evenly spread places, some hundreds each, are in order. */
    boolean ordered() throws IOException {
        long latest = Long.MIN_VALUE + SLACK;
        for (int place = 0; place < PLACES; place++) {
            int length = Math.max(0, file.read(ByteBuffer.wrap(buffer, 0, CHUNK), size / PLACES * place));
            int start = -1;
            boolean any = false;
            for (int i = 0; i < length; i++) {
                if (buffer[i] != '\n') {
                    continue;
                }
                long time = start < 0 ? TimeReader.NONE : format.time(buffer, start, i);
                if (time != TimeReader.NONE) {
                    if (time < latest - SLACK) {
                        return false;
                    }
                    latest = Math.max(latest, time);
                    any = true;
                }
                start = i + 1;
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }

    /** The part that holds all lines from the first moment to before the second, and a little more on both sides. */
    Part find(long from, long to) throws IOException {
        long start = search(from - SLACK, false);
        return new Part(start, Math.max(start, search(to + SLACK, true)));
    }

    /**
     * Halves the file around the moment.
     *
     * @param after whether the place wanted is one behind which all is later, or one before which all is earlier. Where no time can be
     *     read, the part is taken in
     */
    private long search(long moment, boolean after) throws IOException {
        long low = 0;
        long high = size;
        while (high - low > CHUNK) {
            long middle = low + (high - low) / 2;
            OptionalLong time = timeAfter(middle);
            boolean earlier = time.isPresent() ? time.getAsLong() < moment : after;
            if (earlier) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return after ? high : low;
    }

    /** The time of the first line with one that begins behind the place (at the file's beginning: at it). */
    private OptionalLong timeAfter(long place) throws IOException {
        int length = 0;
        int start = place == 0 ? 0 : -1;
        int scanned = 0;
        while (length < LOOK) {
            int read = file.read(ByteBuffer.wrap(buffer, length, Math.min(CHUNK, LOOK - length)), place + length);
            length += Math.max(0, read);
            for (; scanned < length; scanned++) {
                if (buffer[scanned] == '\n') {
                    if (start >= 0) {
                        long time = format.time(buffer, start, scanned);
                        if (time != TimeReader.NONE) {
                            return OptionalLong.of(time);
                        }
                    }
                    start = scanned + 1;
                }
            }
            if (read <= 0) {
                break;
            }
        }
        return OptionalLong.empty();
    }
}
