package dev.whydunit.source.files;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Predicate;

/** A range of an event's own time, in a query: RFC 3339 times, dates, and {@code now-15m}. Zones default to UTC, as in Elasticsearch. */
final class TimeRange implements Predicate<FileEvent> {
    private final long low;
    private final long high;

    /**
     * @param low empty when it is open
     * @param high empty when it is open
     * @throws IllegalArgumentException when a bound cannot be read
     */
    TimeRange(String low, String high, boolean includesLow, boolean includesHigh, Instant now) {
        // A bound that leaves out the smaller units stands for the whole day, minute or second.
        this.low = low.isEmpty() ? Long.MIN_VALUE : includesLow ? first(low, now) : last(low, now) + 1;
        this.high = high.isEmpty() ? Long.MAX_VALUE : includesHigh ? last(high, now) : first(high, now) - 1;
    }

    @Override
    public boolean test(FileEvent event) {
        return event.nanos() >= low && event.nanos() <= high;
    }

    private static long first(String text, Instant now) {
        if (text.startsWith("now")) {
            return TimeReader.nanos(relative(text, now));
        }
        long time = new TimeReader(ZoneOffset.UTC, now).text(text);
        if (time == TimeReader.NONE) {
            throw new IllegalArgumentException("'" + text + "' is not a time such as 2026-01-31T12:00:00Z or now-15m");
        }
        return time;
    }

    private static long last(String text, Instant now) {
        long first = first(text, now);
        if (text.startsWith("now")) {
            return first;
        }
        int fraction = Math.max(text.indexOf('.'), text.indexOf(','));
        if (fraction > 0) {
            int digits = 0;
            while (fraction + 1 + digits < text.length() && Character.isDigit(text.charAt(fraction + 1 + digits))) {
                digits++;
            }
            return first + (digits <= 3 ? 1_000_000L : 1L) - 1;
        }
        int clock = text.indexOf('T');
        Duration unit = clock < 0
                ? Duration.ofDays(1)
                : text.indexOf(':', text.indexOf(':') + 1) < 0 ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
        return first + unit.toNanos() - 1;
    }

    private static Instant relative(String text, Instant now) {
        if (text.equals("now")) {
            return now;
        }
        int sign = text.startsWith("now-") ? -1 : text.startsWith("now+") ? 1 : 0;
        int digits = 4;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (sign == 0 || digits == 4 || digits > 13 || digits != text.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time that log files know: write now-15m or a full time");
        }
        long amount = sign * Long.parseLong(text.substring(4, digits));
        return now.plus(
                switch (text.charAt(digits)) {
                    case 's' -> Duration.ofSeconds(amount);
                    case 'm' -> Duration.ofMinutes(amount);
                    case 'h', 'H' -> Duration.ofHours(amount);
                    case 'd' -> Duration.ofDays(amount);
                    case 'w' -> Duration.ofDays(Math.multiplyExact(7L, amount));
                    default ->
                        throw new IllegalArgumentException(
                                "'" + text + "' has a unit that log files do not know: s, m, h, d or w");
                });
    }
}
