package dev.whydunit.source.files;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads points in time from bytes, without allocating. Times are nanoseconds since the epoch; a text without a zone is taken in the
 * zone given, one without a year in the latest year in which it is not later than a day after the reference. Not thread-safe.
 */
final class TimeReader {
    /** There is no time that can be read. */
    static final long NONE = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String DAYS = "montuewedthufrisatsun";

    private final ZoneId zone;
    private final long latest;
    private final int latestYear;

    private byte[] bytes = {};
    private int end;
    private int at;
    private long cachedHour = NONE;
    private int cachedOffset;

    TimeReader(ZoneId zone, Instant reference) {
        this.zone = zone;
        Instant bound = reference.plusSeconds(86_400);
        this.latest = nanos(bound);
        this.latestYear = LocalDateTime.ofInstant(bound, zone).getYear();
    }

    /** The first byte after the time that was read last. */
    int position() {
        return at;
    }

    static long nanos(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
        } catch (ArithmeticException _) {
            return instant.getEpochSecond() < 0 ? NONE + 1 : Long.MAX_VALUE;
        }
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** The time in a text that is nothing else, or NONE. */
    long text(String text) {
        byte[] utf8 = text.strip().getBytes(StandardCharsets.UTF_8);
        long time = read(utf8, 0, utf8.length);
        return at == utf8.length ? time : NONE;
    }

    /** The time that begins at the first byte, in any layout that is known, or NONE. Brackets around it belong to it. */
    long read(byte[] source, int from, int to) {
        bytes = source;
        end = to;
        at = from;
        boolean bracket = from < to && source[from] == '[';
        if (bracket) {
            at++;
        }
        long time = any();
        if (time == NONE) {
            at = from;
        } else if (bracket && at < end && bytes[at] == ']') {
            at++;
        }
        return time;
    }

    private long any() {
        if (at >= end) {
            return NONE;
        }
        if (!isDigit(bytes[at])) {
            return named();
        }
        int digits = 0;
        while (at + digits < end && digits < 20 && isDigit(bytes[at + digits])) {
            digits++;
        }
        int next = at + digits < end ? bytes[at + digits] : ' ';
        return switch (digits) {
            case 1, 2 -> dayFirst(digits, next);
            case 4 -> next == '-' || next == '/' ? yearFirst(next) : NONE;
            case 6 -> compact();
            case 10, 13, 16, 19 -> epoch(digits);
            default -> NONE;
        };
    }

    /** 2026-01-31T12:34:56.789+01:00 and the like; 2026/01/31 12:34:56. */
    private long yearFirst(int separator) {
        int year = number(4);
        at++;
        int month = number(2);
        if (month < 0 || at >= end || bytes[at++] != separator) {
            return NONE;
        }
        int day = number(2);
        if (day < 0) {
            return NONE;
        }
        if (at >= end || (bytes[at] != 'T' && bytes[at] != ' ' && bytes[at] != 't') || !digitAt(at + 1)) {
            return at >= end ? zoned(year, month, day, 0, 0, 0, 0) : NONE;
        }
        at++;
        return clock(year, month, day);
    }

    /** 31/Jan/2026:12:34:56 +0100, 31-Jan-2026 12:34:56.789, 26/01/31 12:34:56. */
    private long dayFirst(int digits, int separator) {
        if (separator != '/' && separator != '-' && separator != ' ') {
            return NONE;
        }
        int day = number(digits);
        at++;
        if (at < end && isDigit(bytes[at])) {
            int month = number(2);
            if (digits != 2 || separator != '/' || month < 0 || at >= end || bytes[at++] != '/') {
                return NONE;
            }
            int last = number(2);
            return last < 0 || at >= end || bytes[at++] != ' ' ? NONE : clock(2000 + day, month, last);
        }
        int month = month();
        if (month < 0 || at >= end || bytes[at++] != separator) {
            return NONE;
        }
        int year = number(4);
        if (year < 0 || at >= end || (bytes[at] != ':' && bytes[at] != ' ')) {
            return NONE;
        }
        at++;
        return clock(year, month, day);
    }

    /** 260131 123456. */
    private long compact() {
        int year = number(2);
        int month = number(2);
        int day = number(2);
        if (at >= end || bytes[at++] != ' ') {
            return NONE;
        }
        int hour = number(2);
        int minute = number(2);
        int second = number(2);
        return second < 0 || digitAt(at) ? NONE : zoned(2000 + year, month, day, hour, minute, second, 0);
    }

    /** Jan 31 12:34:56; Sat Jan 31 12:34:56.789 2026. */
    private long named() {
        int start = at;
        if (index(DAYS) >= 0) {
            at += 3;
            if (at < end && bytes[at] == ',') {
                at++;
            }
            if (at >= end || bytes[at++] != ' ') {
                return NONE;
            }
        }
        boolean weekday = at > start;
        int month = month();
        if (month < 0 || at >= end || bytes[at++] != ' ') {
            return NONE;
        }
        if (at < end && bytes[at] == ' ') {
            at++;
        }
        int day = digitAt(at + 1) ? number(2) : number(1);
        if (day < 0 || at >= end || bytes[at++] != ' ') {
            return NONE;
        }
        if (weekday) {
            return yearLast(month, day);
        }
        int clockAt = at;
        long time = clock(latestYear, month, day);
        if (time != NONE && time > latest) {
            at = clockAt;
            time = clock(latestYear - 1, month, day);
        } else if (time == NONE && month == 2 && day == 29) {
            // The 29th of February of the last leap year.
            for (int back = 1; back <= 8 && time == NONE; back++) {
                at = clockAt;
                time = clock(latestYear - back, month, day);
            }
        }
        return time;
    }

    private long yearLast(int month, int day) {
        int clockAt = at;
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        at++;
        int year = number(4);
        int after = at;
        if (year < 0) {
            return NONE;
        }
        at = clockAt;
        long time = clock(year, month, day);
        at = after;
        return time;
    }

    private long epoch(int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * 10 + (bytes[at++] - '0');
        }
        long unit = digits == 10 ? SECOND : digits == 13 ? 1_000_000L : digits == 16 ? 1_000L : 1L;
        long time = value * unit;
        if (at < end && bytes[at] == '.' && digitAt(at + 1)) {
            time += fraction() / (SECOND / unit);
        }
        return time < 0 ? NONE : time;
    }

    private long clock(int year, int month, int day) {
        int hour = number(2);
        if (hour < 0 || at >= end || bytes[at++] != ':') {
            return NONE;
        }
        int minute = number(2);
        if (minute < 0) {
            return NONE;
        }
        int second = 0;
        long fraction = 0;
        if (at < end && bytes[at] == ':') {
            at++;
            second = number(2);
            if (second < 0) {
                return NONE;
            }
            if (at < end && (bytes[at] == '.' || bytes[at] == ',') && digitAt(at + 1)) {
                fraction = fraction();
            }
        }
        return zoned(year, month, day, hour, minute, second, fraction);
    }

    /** The digits after a decimal point, in billionths. */
    private long fraction() {
        at++;
        long fraction = 0;
        long unit = SECOND;
        while (at < end && isDigit(bytes[at])) {
            if (unit > 1) {
                fraction = fraction * 10 + (bytes[at] - '0');
                unit /= 10;
            }
            at++;
        }
        return fraction * unit;
    }

    private long zoned(int year, int month, int day, int hour, int minute, int second, long fraction) {
        if (month < 1 || month > 12 || day < 1 || day > days(year, month) || hour > 23 || minute > 59 || second > 60) {
            return NONE;
        }
        if (year < 1700 || year > 2250) {
            return NONE;
        }
        long local = epochDay(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second;
        int offset = offset();
        if (offset == Integer.MIN_VALUE) {
            offset = offsetOfZone(local);
        }
        return (local - offset) * SECOND + fraction;
    }

    /** The zone written after the time, in seconds; MIN_VALUE when there is none. */
    private int offset() {
        if (at >= end) {
            return Integer.MIN_VALUE;
        }
        int start = bytes[at] == ' ' ? at + 1 : at;
        if (start < end && (bytes[start] == 'Z' || bytes[start] == 'z') && !letterAt(start + 1)) {
            at = start + 1;
            return 0;
        }
        if (start + 2 < end && !letterAt(start + 3) && (matches(start, "UTC") || matches(start, "GMT"))) {
            at = start + 3;
            return 0;
        }
        if (start < end && (bytes[start] == '+' || bytes[start] == '-') && digitAt(start + 1) && digitAt(start + 2)) {
            int sign = bytes[start] == '-' ? -1 : 1;
            int before = at;
            at = start + 1;
            int hours = number(2);
            int colon = at < end && bytes[at] == ':' ? 1 : 0;
            int minutes = 0;
            if (digitAt(at + colon) && digitAt(at + colon + 1)) {
                at += colon;
                minutes = number(2);
            } else if (start > before) {
                // "12:34:56 -17 is too small": a number of the message, no zone.
                at = before;
                return Integer.MIN_VALUE;
            }
            return sign * (hours * 3_600 + minutes * 60);
        }
        return Integer.MIN_VALUE;
    }

    private int offsetOfZone(long local) {
        long hour = Math.floorDiv(local, 900L);
        if (hour != cachedHour) {
            cachedOffset = zone.getRules()
                    .getOffset(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC))
                    .getTotalSeconds();
            cachedHour = hour;
        }
        return cachedOffset;
    }

    private int number(int digits) {
        if (at + digits > end) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            byte b = bytes[at + i];
            if (!isDigit(b)) {
                return -1;
            }
            value = value * 10 + (b - '0');
        }
        at += digits;
        return value;
    }

    private int month() {
        int index = index(MONTHS);
        at += 3;
        return index < 0 ? -1 : index + 1;
    }

    private int index(String names) {
        if (at + 3 > end) {
            return -1;
        }
        for (int i = 0; i < names.length(); i += 3) {
            if ((bytes[at] | 0x20) == names.charAt(i)
                    && (bytes[at + 1] | 0x20) == names.charAt(i + 1)
                    && (bytes[at + 2] | 0x20) == names.charAt(i + 2)) {
                return i / 3;
            }
        }
        return -1;
    }

    private boolean matches(int start, String text) {
        return bytes[start] == text.charAt(0)
                && bytes[start + 1] == text.charAt(1)
                && bytes[start + 2] == text.charAt(2);
    }

    private boolean digitAt(int index) {
        return index < end && isDigit(bytes[index]);
    }

    private boolean letterAt(int index) {
        return index < end && ((bytes[index] | 0x20) >= 'a' && (bytes[index] | 0x20) <= 'z');
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int days(int year, int month) {
        return switch (month) {
            case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468L;
    }
}
