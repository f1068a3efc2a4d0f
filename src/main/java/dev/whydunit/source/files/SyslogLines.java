package dev.whydunit.source.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Syslog as RFC 3164 ({@code <34>Oct 11 22:14:15 host su[7]: text}, the priority as files leave it out, or with an RFC 3339 time
 * as rsyslog writes) and RFC 5424 ({@code <165>1 2026-10-11T22:14:15Z host app 7 ID [data@1 k="v"] text}), read to ECS names.
 */
final class SyslogLines implements LineFormat {
    private static final String[] SEVERITIES = {
        "emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"
    };

    private final TimeReader times;
    private final boolean strict;
    private int priority;
    private int timeEnd;
    private boolean rfc5424;

    /** @param strict whether a line must have a tag: without one, many plain texts look like syslog */
    SyslogLines(TimeReader times, boolean strict) {
        this.times = times;
        this.strict = strict;
    }

    @Override
    public long time(byte[] bytes, int start, int end) {
        int at = start;
        priority = -1;
        rfc5424 = false;
        if (at < end && bytes[at] == '<') {
            int value = 0;
            int close = at + 1;
            while (close < end && close < at + 5 && bytes[close] >= '0' && bytes[close] <= '9') {
                value = value * 10 + (bytes[close++] - '0');
            }
            if (close == at + 1 || close >= end || bytes[close] != '>' || value > 191) {
                return TimeReader.NONE;
            }
            priority = value;
            at = close + 1;
            if (at + 1 < end && bytes[at] == '1' && bytes[at + 1] == ' ') {
                rfc5424 = true;
                at += 2;
            }
        }
        if (at >= end || bytes[at] == '[') {
            return TimeReader.NONE;
        }
        long time = times.read(bytes, at, end);
        timeEnd = times.position();
        return timeEnd < end && bytes[timeEnd] == ' ' ? time : TimeReader.NONE;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Map<String, Object> into) {
        if (time(bytes, start, end) == TimeReader.NONE) {
            return false;
        }
        Cutter line = new Cutter(new String(bytes, timeEnd + 1, end - timeEnd - 1, StandardCharsets.UTF_8));
        boolean read = rfc5424 ? modern(line, into) : traditional(line, into);
        if (read && priority >= 0) {
            into.put("log.syslog.priority", (long) priority);
            into.put("log.syslog.facility.code", (long) (priority / 8));
            into.put("log.syslog.severity.code", (long) (priority % 8));
            into.put("log.syslog.severity.name", SEVERITIES[priority % 8]);
            into.put("log.level", SEVERITIES[priority % 8]);
        }
        return read;
    }

    private boolean traditional(Cutter line, Map<String, Object> into) {
        String host = line.until(" ");
        // "2026-01-31 12:34:56 ERROR text: …" is not syslog.
        if (!line.intact()
                || host.isEmpty()
                || host.endsWith(":")
                || FileEvent.level(host).isPresent()) {
            return false;
        }
        String text = line.rest();
        int colon = text.indexOf(": ");
        int tagEnd = colon >= 0 ? colon : text.endsWith(":") ? text.length() - 1 : -1;
        into.put("host.hostname", host);
        if (tagEnd <= 0 || !isTag(text, tagEnd)) {
            into.put(FileEvent.MESSAGE, text);
            return !strict;
        }
        int bracket = text.indexOf('[');
        boolean hasPid = bracket > 0 && bracket < tagEnd && text.charAt(tagEnd - 1) == ']';
        into.put("process.name", text.substring(0, hasPid ? bracket : tagEnd));
        if (hasPid) {
            putPid(into, text.substring(bracket + 1, tagEnd - 1));
        }
        into.put(
                FileEvent.MESSAGE,
                text.substring(Math.min(text.length(), tagEnd + 1)).strip());
        return true;
    }

    private static boolean isTag(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == ' ') {
                // "-- MARK --" and "syslogd 1.4.1: restart." are the exceptions that real files hold.
                return text.startsWith("syslogd ") || text.startsWith("--");
            }
        }
        return true;
    }

    private static boolean modern(Cutter line, Map<String, Object> into) {
        String host = line.until(" ");
        String app = line.until(" ");
        String process = line.until(" ");
        String id = line.until(" ");
        if (!line.intact()) {
            return false;
        }
        put(into, "host.hostname", host);
        put(into, "process.name", app);
        if (!process.equals("-")) {
            putPid(into, process);
        }
        put(into, "log.syslog.msgid", id);
        if (!line.skip("-")) {
            while (line.skip("[")) {
                if (!data(line, into)) {
                    return false;
                }
            }
        }
        line.skip(" ");
        String text = line.rest();
        into.put(FileEvent.MESSAGE, text.startsWith("\uFEFF") ? text.substring(1) : text);
        return true;
    }

    /** One element of structured data, behind its bracket. */
    private static boolean data(Cutter line, Map<String, Object> into) {
        String id = line.ahead(' ', ']');
        line.skip(id);
        while (line.skip(" ")) {
            String name = line.until("=\"");
            String value = line.quoted();
            if (!line.intact()) {
                return false;
            }
            into.put("log.syslog.structured_data." + id + "." + name, value);
        }
        return line.skip("]");
    }

    private static void put(Map<String, Object> into, String field, String value) {
        if (!value.equals("-")) {
            into.put(field, value);
        }
    }

    private static void putPid(Map<String, Object> into, String text) {
        boolean number = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        into.put("process.pid", number ? (Object) Long.valueOf(text) : text);
    }
}
