package dev.whydunit.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Durations as Prometheus writes them: {@code 90s}, {@code 1h30m}, {@code 300ms}, {@code 1d}. */
public final class Durations {
    private record Unit(String name, long millis) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("y", 365L * 24 * 3_600_000),
            new Unit("w", 7L * 24 * 3_600_000),
            new Unit("d", 24L * 3_600_000),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1_000),
            new Unit("ms", 1));
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** The duration, or empty when the text is none. Units go from large to small, each at most once; {@code 0} needs none. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        long millis = 0;
        int next = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = at;
            while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
                digits++;
            }
            int letters = digits;
            while (letters < text.length() && text.charAt(letters) >= 'a' && text.charAt(letters) <= 'z') {
                letters++;
            }
            if (digits == at || digits - at > 12 || letters == digits) {
                return Optional.empty();
            }
            int unit = unit(text.substring(digits, letters));
            if (unit < next) {
                return Optional.empty();
            }
            next = unit + 1;
            try {
                long amount = Long.parseLong(text, at, digits, 10);
                millis = Math.addExact(
                        millis, Math.multiplyExact(amount, UNITS.get(unit).millis()));
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
            at = letters;
        }
        Duration duration = Duration.ofMillis(millis);
        return text.isEmpty() || duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
    }

    private static int unit(String name) {
        for (int i = 0; i < UNITS.size(); i++) {
            if (UNITS.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The duration in these units; what is finer than a millisecond shows as a fraction of one. Years and weeks only where they come out even. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        long millis = duration.toMillis();
        int finer = duration.getNano() % 1_000_000;
        if (finer != 0 && millis < 1_000) {
            return BigDecimal.valueOf(millis * 1_000_000L + finer, 6)
                            .stripTrailingZeros()
                            .toPlainString() + "ms";
        }
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (Unit unit : UNITS) {
            boolean onlyEven = unit.name().equals("y") || unit.name().equals("w");
            if (onlyEven && millis % unit.millis() != 0) {
                continue;
            }
            long amount = millis / unit.millis();
            if (amount > 0) {
                text.append(amount).append(unit.name());
                millis -= amount * unit.millis();
            }
        }
        return text.toString();
    }
}
