package dev.whydunit.source.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code key=value key="quoted value" flag} pairs. Values that look like numbers are numbers. */
final class LogfmtLines implements LineFormat {
    private static final List<String> TIME_KEYS = List.of("time", "ts", "timestamp", "@timestamp", "t", "date");
    private static final int PAIRS_LIMIT = 1_000;

    private final TimeReader times;
    private byte[] timeKey = {};

    LogfmtLines(TimeReader times) {
        this.times = times;
    }

    @Override
    public long time(byte[] bytes, int start, int end) {
        long time = timeKey.length == 0 ? TimeReader.NONE : timeOf(timeKey, bytes, start, end);
        for (int i = 0; time == TimeReader.NONE && i < TIME_KEYS.size(); i++) {
            byte[] key = (TIME_KEYS.get(i) + "=").getBytes(StandardCharsets.UTF_8);
            time = timeOf(key, bytes, start, end);
            timeKey = time == TimeReader.NONE ? timeKey : key;
        }
        return time;
    }

    private long timeOf(byte[] key, byte[] b, int start, int end) {
        boolean quoted = false;
        for (int i = start; i + key.length < end; i++) {
            if (b[i] == '"') {
                quoted = !quoted;
            } else if (b[i] == '\\' && quoted) {
                i++;
            } else if (!quoted && b[i] == key[0] && (i == start || b[i - 1] == ' ') && equal(b, i, key)) {
                int value = i + key.length;
                return times.read(b, b[value] == '"' ? value + 1 : value, end);
            }
        }
        return TimeReader.NONE;
    }

    private static boolean equal(byte[] b, int at, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (b[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Map<String, Object> into) {
        Cutter line = new Cutter(new String(bytes, start, end - start, StandardCharsets.UTF_8).strip());
        int pairs = 0;
        while (line.intact() && pairs < PAIRS_LIMIT) {
            while (line.skip(" ")) {
                // Several blanks separate as one does.
            }
            if (line.ended()) {
                break;
            }
            String key = line.ahead('=', ' ');
            line.skip(key);
            if (!line.skip("=")) {
                // A flag, or a word that is no pair.
                continue;
            }
            into.put(key, line.skip("\"") ? line.quoted() : number(line.until(" ")));
            pairs++;
        }
        return pairs >= 2;
    }

    private static Object number(String text) {
        if (text.isEmpty() || text.length() > 18 || "-.0123456789".indexOf(text.charAt(0)) < 0) {
            return text;
        }
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            dots += c == '.' ? 1 : 0;
            if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0)) {
                return text;
            }
        }
        try {
            return dots == 0 ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        } catch (NumberFormatException _) {
            return text;
        }
    }
}
