package dev.whydunit.source.files;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Makes the reader for a file's format, and finds that format out. */
final class Formats {
    private static final int LINES = 50;
    private static final double ENOUGH = 0.6;

    private Formats() {}

    static LineFormat of(LogFormat format, TimeReader times, Optional<String> timeKey) {
        return switch (format) {
            case JSON -> new JsonLines(times, timeKey);
            case NGINX -> new AccessLines(times);
            case SYSLOG -> new SyslogLines(times, false);
            case LOGFMT -> new LogfmtLines(times);
            case PLAIN, AUTO -> new PlainLines(times);
        };
    }

    /**
     * The first format that reads most of the lines that are not empty; plain text when none does.
     *
     * @param head the beginning of a file; its last line is left out when it may be cut
     */
    static LogFormat detect(byte[] head, int length, boolean whole, TimeReader times, Optional<String> timeKey) {
        for (LogFormat format : List.of(LogFormat.JSON, LogFormat.NGINX, LogFormat.SYSLOG, LogFormat.LOGFMT)) {
            LineFormat candidate =
                    format == LogFormat.SYSLOG ? new SyslogLines(times, true) : of(format, times, timeKey);
            if (share(candidate, head, length, whole) >= ENOUGH) {
                return format;
            }
        }
        return LogFormat.PLAIN;
    }

    private static double share(LineFormat format, byte[] head, int length, boolean whole) {
        int lines = 0;
        int read = 0;
        int start = 0;
        while (start < length && lines < LINES) {
            int end = start;
            while (end < length && head[end] != '\n') {
                end++;
            }
            if (end == length && !whole && lines > 0) {
                break;
            }
            int last = end > start && head[end - 1] == '\r' ? end - 1 : end;
            if (last > start) {
                lines++;
                if (format.time(head, start, last) != TimeReader.NONE
                        && format.parse(head, start, last, new HashMap<>())) {
                    read++;
                }
            }
            start = end + 1;
        }
        return lines == 0 ? 0 : (double) read / lines;
    }
}
