package dev.whydunit.source.files;

import dev.whydunit.source.log.LogUnreadable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one file's lines and hands the events of the windows to their collectors. Not thread-safe. */
final class FileScan {
    private static final int JOINED_LIMIT = 64 * 1024;

    private final LineFormat format;
    private final EventMatcher query;
    private final List<SliceCollector> collectors;
    private final Map<String, String> names;
    private final ScanReport report;
    private final boolean joins;

    private @Nullable SliceCollector collector;
    private long time;
    private Map<String, Object> fields = new HashMap<>();
    private @Nullable StringBuilder joined;
    private boolean started;

    FileScan(
            LineFormat format,
            EventMatcher query,
            List<SliceCollector> collectors,
            Map<String, String> names,
            ScanReport report) {
        this.format = format;
        this.query = query;
        this.collectors = collectors;
        this.names = names;
        this.report = report;
        this.joins = format.joinsLines();
    }

    /**
     * Reads lines until the channel ends or a line begins at or behind a position.
     *
     * @param length how many bytes of lines to read; a line that begins before is read to its end
     * @param middle whether it begins inside a line
     */
    void run(ReadableByteChannel channel, long length, boolean middle, Lines.Meter meter)
            throws IOException, LogUnreadable, InterruptedException {
        Lines lines = new Lines(channel, meter);
        started = middle;
        try {
            if (middle) {
                // The rest of a line that began before.
                lines.next();
            }
            while (lines.consumed() < length && lines.next()) {
                line(lines.bytes(), lines.start(), lines.end());
            }
        } finally {
            report.cut(lines.cut());
        }
        flush();
    }

    private void line(byte[] bytes, int start, int end) {
        if (start == end) {
            return;
        }
        long at = format.time(bytes, start, end);
        if (at == TimeReader.NONE) {
            withoutTime(bytes, start, end);
            return;
        }
        started = true;
        flush();
        for (int i = 0; i < collectors.size(); i++) {
            if (collectors.get(i).contains(at)) {
                begin(collectors.get(i), at, bytes, start, end);
                return;
            }
        }
    }

    private void begin(SliceCollector into, long at, byte[] bytes, int start, int end) {
        Map<String, Object> parsed = new LinkedHashMap<>();
        into.saw();
        if (!format.parse(bytes, start, end, parsed)) {
            report.unreadable();
            return;
        }
        time = at;
        fields = parsed;
        collector = into;
        if (!joins) {
            flush();
        }
    }

    private void withoutTime(byte[] bytes, int start, int end) {
        if (!joins) {
            report.withoutTime();
        } else if (collector != null) {
            StringBuilder text = joined;
            if (text == null) {
                text = new StringBuilder(String.valueOf(fields.get(FileEvent.MESSAGE)));
                joined = text;
            }
            int length = Math.min(end - start, JOINED_LIMIT - text.length());
            if (length > 0) {
                text.append('\n').append(new String(bytes, start, length, StandardCharsets.UTF_8));
            }
        } else if (!started) {
            report.withoutTime();
        }
    }

    /** Hands on the event that lines were still being joined to. */
    private void flush() {
        SliceCollector into = collector;
        if (into == null) {
            return;
        }
        if (joined != null) {
            fields.put(FileEvent.MESSAGE, joined.toString());
            joined = null;
        }
        FileEvent event = new FileEvent(time, fields, names);
        if (query.test(event)) {
            into.take(event);
        }
        collector = null;
    }
}
