package dev.whydunit.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Sizes as people write them: {@code 5GB}, {@code 1.5TB}, {@code 512MiB}, {@code 100kB}. */
public final class Sizes {
    private record Unit(String name, long bytes) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("tib", 1L << 40),
            new Unit("gib", 1L << 30),
            new Unit("mib", 1L << 20),
            new Unit("kib", 1L << 10),
            new Unit("tb", 1_000_000_000_000L),
            new Unit("gb", 1_000_000_000L),
            new Unit("mb", 1_000_000L),
            new Unit("kb", 1_000L),
            new Unit("b", 1));
    private static final int LONGEST = 20;

    private Sizes() {}

    /** In bytes; empty when the text is no size. */
    public static OptionalLong parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        for (Unit unit : UNITS) {
            if (lower.length() <= LONGEST && lower.endsWith(unit.name())) {
                String number = lower.substring(0, lower.length() - unit.name().length())
                        .strip();
                if (number.isEmpty()
                        || !number.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')
                        || number.startsWith(".")
                        || number.indexOf('.') != number.lastIndexOf('.')) {
                    return OptionalLong.empty();
                }
                BigDecimal bytes = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.bytes()));
                return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(bytes.longValue());
            }
        }
        return OptionalLong.empty();
    }

    /** In the largest decimal unit of which it is at least one, with one digit after the point where that says something. */
    public static String format(long bytes) {
        for (Unit unit : UNITS.subList(4, UNITS.size())) {
            if (bytes >= unit.bytes()) {
                long tenths = Math.round(bytes * 10.0 / unit.bytes());
                String name = unit.name().equals("kb") ? "kB" : unit.name().toUpperCase(Locale.ROOT);
                return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " " + name;
            }
        }
        return "0 B";
    }
}
