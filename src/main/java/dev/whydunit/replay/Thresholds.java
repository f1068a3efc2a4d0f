package dev.whydunit.replay;

import dev.whydunit.schema.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The numbers and durations in a condition, and the condition with each of them halved and doubled. */
final class Thresholds {
    private static final BigDecimal TWO = BigDecimal.TWO;

    /** A condition with one threshold shifted. */
    record Shift(String condition, String change) {}

    private Thresholds() {}

    static List<Shift> shifts(String when) {
        List<Shift> shifts = new ArrayList<>();
        int at = 0;
        while (at < when.length()) {
            char c = when.charAt(at);
            int end;
            if (c == '"' || c == '\'') {
                end = endOfText(when, at);
                if (when.substring(0, at).endsWith("duration(")) {
                    duration(when, at, end, shifts);
                }
            } else if (Character.isLetter(c) || c == '_') {
                end = endOfName(when, at);
            } else if (c >= '0' && c <= '9') {
                end = endOfNumber(when, at);
                boolean index = at > 0 && when.charAt(at - 1) == '[';
                if (!index) {
                    number(when, at, end, shifts);
                }
            } else {
                end = at + 1;
            }
            at = end;
        }
        return shifts;
    }

    private static int endOfText(String when, int at) {
        char quote = when.charAt(at);
        int end = at + 1;
        while (end < when.length() && when.charAt(end) != quote) {
            end += when.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(when.length(), end + 1);
    }

    private static int endOfName(String when, int at) {
        int end = at;
        while (end < when.length() && (Character.isLetterOrDigit(when.charAt(end)) || when.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private static int endOfNumber(String when, int at) {
        int end = at;
        while (end < when.length() && "0123456789.".indexOf(when.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private static void number(String when, int at, int end, List<Shift> shifts) {
        String literal = when.substring(at, end);
        BigDecimal number = new BigDecimal(literal);
        if (literal.indexOf('.') >= 0) {
            shift(when, at, end, decimal(number.divide(TWO)), shifts);
            shift(when, at, end, decimal(number.multiply(TWO)), shifts);
            return;
        }
        long whole = number.longValue();
        // Half of 1 and twice of 0 are the next whole numbers.
        if (whole > 0) {
            shift(when, at, end, Long.toString(whole / 2), shifts);
        }
        shift(when, at, end, Long.toString(Math.max(1, whole * 2)), shifts);
    }

    private static String decimal(BigDecimal number) {
        String text = number.stripTrailingZeros().toPlainString();
        return text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static void duration(String when, int at, int end, List<Shift> shifts) {
        Optional<Duration> duration = Durations.parse(when.substring(at + 1, Math.max(at + 1, end - 1)));
        if (duration.isPresent() && duration.get().isPositive()) {
            shift(when, at, end, '"' + Durations.format(duration.get().dividedBy(2)) + '"', shifts);
            shift(when, at, end, '"' + Durations.format(duration.get().multipliedBy(2)) + '"', shifts);
        }
    }

    private static void shift(String when, int at, int end, String changed, List<Shift> shifts) {
        shifts.add(new Shift(
                when.substring(0, at) + changed + when.substring(end),
                when.substring(at, end) + " changed to " + changed));
    }
}
