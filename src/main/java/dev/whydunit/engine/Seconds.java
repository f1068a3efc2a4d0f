package dev.whydunit.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations as people read them in a sentence. */
public final class Seconds {
    private Seconds() {}

    /** {@code 300 ms}, {@code 1.5 s}, {@code 20 s}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return text(millis / 1000.0) + " s";
    }

    /** {@code 10 min} of whole minutes, otherwise as {@link #text(Duration)}. */
    public static String patience(Duration duration) {
        return duration.toMinutes() > 0 && duration.equals(Duration.ofMinutes(duration.toMinutes()))
                ? duration.toMinutes() + " min"
                : text(duration);
    }

    /** A number of seconds without needless zeros, three significant digits below 100. */
    static String text(double seconds) {
        if (seconds >= 100 || seconds == Math.rint(seconds)) {
            return Long.toString(Math.round(seconds));
        }
        int digits = seconds >= 10 ? 1 : seconds >= 0.1 ? 2 : 3;
        BigDecimal rounded = BigDecimal.valueOf(seconds).setScale(digits, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** A finite number with so many digits after the point; a formatter takes a hundred times as long when it is cold. */
    static String fixed(double number, int digits) {
        return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
