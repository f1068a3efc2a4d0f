package dev.whydunit.promql;

import java.time.Duration;
import java.util.OptionalLong;

/** Durations as Prometheus writes them: {@code 90s}, {@code 1h30m}, {@code 500ms}. */
public final class Durations {
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};

    private Durations() {}

    static boolean isUnitStart(char c) {
        return "ywdhms".indexOf(c) >= 0;
    }

    /** Empty when it is none; units must fall and come once each. */
    static OptionalLong millis(String text) {
        long total = 0;
        int at = 0;
        int unit = 0;
        while (at < text.length()) {
            int digits = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            int end = at;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            String name = text.substring(at, end);
            while (unit < UNITS.length && !UNITS[unit].equals(name)) {
                unit++;
            }
            if (at == digits || at - digits > 9 || unit == UNITS.length) {
                return OptionalLong.empty();
            }
            total += Long.parseLong(text.substring(digits, at)) * MILLIS[unit++];
            at = end;
        }
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(total);
    }

    /** As Prometheus would read it, to the millisecond: {@code 1h30m}, {@code 3s}, {@code 0s}. */
    public static String text(Duration duration) {
        long rest = Math.max(0, duration.toMillis());
        StringBuilder text = new StringBuilder();
        // Years and weeks are left out: 365d says what it is, 1y does not.
        for (int unit = 2; unit < UNITS.length; unit++) {
            if (rest >= MILLIS[unit]) {
                text.append(rest / MILLIS[unit]).append(UNITS[unit]);
                rest %= MILLIS[unit];
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
