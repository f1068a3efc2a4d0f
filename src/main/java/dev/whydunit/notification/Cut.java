package dev.whydunit.notification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps texts within limits, and says where something was left out. */
final class Cut {
    private static final String MORE = "…";

    private Cut() {}

    /** At most so many chars, the ellipsis that says that there was more among them; no character is cut in two. */
    static String chars(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }

    /** At most so many lines of so many chars each; a last one tells how many more there were. */
    static List<String> lines(List<String> lines, int most, int length) {
        List<String> kept = new ArrayList<>();
        lines.stream().limit(most).forEach(line -> kept.add(chars(line, length)));
        if (lines.size() > most) {
            int over = lines.size() - (most - 1);
            kept.set(most - 1, "and " + over + " more");
        }
        return List.copyOf(kept);
    }

    /** At most so many entries, those of the first names. */
    static Map<String, String> entries(Map<String, String> entries, int most, int name, int value) {
        Map<String, String> kept = new LinkedHashMap<>();
        entries.entrySet().stream()
                .limit(most)
                .forEach(entry -> kept.put(chars(entry.getKey(), name), chars(entry.getValue(), value)));
        return Collections.unmodifiableMap(kept);
    }

    /** How many bytes it has on the way. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
