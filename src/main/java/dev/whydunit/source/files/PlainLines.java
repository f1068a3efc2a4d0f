package dev.whydunit.source.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Text that begins with a time, at once or after a word or two. */
final class PlainLines implements LineFormat {
    private static final int TIME_WITHIN = 80;
    private static final int TRIES = 4;
    private static final int LEVEL_WITHIN = 8;

    private final TimeReader times;
    private int timeAt;
    private int timeEnd;

    PlainLines(TimeReader times) {
        this.times = times;
    }

    @Override
    public long time(byte[] bytes, int start, int end) {
        int at = start;
        int within = Math.min(end, start + TIME_WITHIN);
        for (int attempt = 0; attempt < TRIES && at < within; attempt++) {
            long time = times.read(bytes, at, end);
            if (time != TimeReader.NONE) {
                timeAt = at;
                timeEnd = times.position();
                return time;
            }
            // A stack trace's line is indented; it is not searched for times further in.
            if (bytes[at] == ' ' || bytes[at] == '\t') {
                return TimeReader.NONE;
            }
            while (at < within && bytes[at] != ' ' && bytes[at] != '\t') {
                at++;
            }
            at++;
        }
        return TimeReader.NONE;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Map<String, Object> into) {
        if (time(bytes, start, end) == TimeReader.NONE) {
            return false;
        }
        String before = text(bytes, start, timeAt);
        String after = text(bytes, timeEnd, end);
        String message = before.isEmpty() ? after : before + " " + after;
        level(message).ifPresent(level -> into.put("log.level", level));
        into.put(FileEvent.MESSAGE, message);
        return true;
    }

    @Override
    public boolean joinsLines() {
        return true;
    }

    private static String text(byte[] bytes, int start, int end) {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8).strip();
        return text.startsWith("- ") || text.startsWith(": ")
                ? text.substring(2).strip()
                : text;
    }

    /** The first of the leading words that is a level, brackets and colons around it aside. */
    static Optional<String> level(String message) {
        int at = 0;
        for (int word = 0; word < LEVEL_WITHIN && at < message.length(); word++) {
            int end = at;
            while (end < message.length() && !Character.isWhitespace(message.charAt(end))) {
                end++;
            }
            int first = at;
            while (first < end && !Character.isLetterOrDigit(message.charAt(first))) {
                first++;
            }
            int last = end;
            while (last > first && !Character.isLetterOrDigit(message.charAt(last - 1))) {
                last--;
            }
            // "error" in running text is no level: lower-case words count only as the first word or in brackets.
            boolean marked = word == 0 || (first > at && "[<(".indexOf(message.charAt(first - 1)) >= 0);
            Optional<String> level = FileEvent.level(message.substring(first, last))
                    .filter(found -> marked || Character.isUpperCase(found.charAt(0)));
            if (level.isPresent()) {
                return level;
            }
            while (end < message.length() && Character.isWhitespace(message.charAt(end))) {
                end++;
            }
            at = end;
        }
        return Optional.empty();
    }
}
