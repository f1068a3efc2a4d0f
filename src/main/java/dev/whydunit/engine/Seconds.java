package dev.whydunit.engine;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them in a sentence. */
final class Seconds {
    private Seconds() {}

    /** {@code 300 ms}, {@code 1.5 s}, {@code 20 s}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return text(millis / 1000.0) + " s";
    }

    /** A number of seconds without needless zeros, three significant digits below 100. */
    static String text(double seconds) {
        if (seconds >= 100 || seconds == Math.rint(seconds)) {
            return Long.toString(Math.round(seconds));
        }
        String text = String.format(Locale.ROOT, seconds >= 10 ? "%.1f" : seconds >= 0.1 ? "%.2f" : "%.3f", seconds);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
