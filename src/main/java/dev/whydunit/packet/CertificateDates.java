package dev.whydunit.packet;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Finds when an X.509 certificate ends (RFC 5280, section 4.1.2.5) in as much of its DER as a segment holds. */
final class CertificateDates {
    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xa0;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;

    private CertificateDates() {}

    /** When the certificate at this place ends; null when that cannot be read. */
    static @Nullable Instant notAfter(Frame frame, int start, int end) {
        int at = inside(frame, start, end, SEQUENCE);
        at = at < 0 ? -1 : inside(frame, at, end, SEQUENCE);
        if (at < 0 || !readable(frame, at + 1, end)) {
            return null;
        }
        if (frame.u8(at) == VERSION) {
            at = past(frame, at, end);
        }
        // Serial number, signature algorithm, issuer.
        for (int i = 0; i < 3 && at >= 0; i++) {
            at = past(frame, at, end);
        }
        at = at < 0 ? -1 : inside(frame, at, end, SEQUENCE);
        at = at < 0 ? -1 : past(frame, at, end);
        return at < 0 ? null : time(frame, at, end);
    }

    private static @Nullable Instant time(Frame frame, int at, int end) {
        if (!readable(frame, at + 2, end)) {
            return null;
        }
        int type = frame.u8(at);
        int length = frame.u8(at + 1);
        int digits = type == UTC_TIME ? 12 : type == GENERALIZED_TIME ? 14 : -1;
        if (length != digits + 1 || !readable(frame, at + 2 + length, end)) {
            return null;
        }
        int from = at + 2;
        for (int i = 0; i < digits; i++) {
            if (frame.u8(from + i) < '0' || frame.u8(from + i) > '9') {
                return null;
            }
        }
        int year = two(frame, from);
        if (digits == 14) {
            year = year * 100 + two(frame, from + 2);
            from += 4;
        } else {
            year += year < 50 ? 2000 : 1900;
            from += 2;
        }
        try {
            return LocalDateTime.of(
                            year,
                            two(frame, from),
                            two(frame, from + 2),
                            two(frame, from + 4),
                            two(frame, from + 6),
                            two(frame, from + 8))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static int two(Frame frame, int at) {
        return (frame.u8(at) - '0') * 10 + frame.u8(at + 1) - '0';
    }

    /** Where the content of an element of this type begins; -1 when there is none. */
    private static int inside(Frame frame, int at, int end, int type) {
        if (!readable(frame, at + 2, end) || frame.u8(at) != type) {
            return -1;
        }
        int first = frame.u8(at + 1);
        return first < 128 ? at + 2 : at + 2 + (first & 127);
    }

    /** Where the element behind this one begins; -1 when this one cannot be read. */
    private static int past(Frame frame, int at, int end) {
        if (!readable(frame, at + 2, end)) {
            return -1;
        }
        int first = frame.u8(at + 1);
        if (first < 128) {
            return at + 2 + first;
        }
        int count = first & 127;
        if (count == 0 || count > 3 || !readable(frame, at + 2 + count, end)) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | frame.u8(at + 2 + i);
        }
        return at + 2 + count + length;
    }

    private static boolean readable(Frame frame, int upTo, int end) {
        return upTo >= 0 && upTo <= end && frame.has(upTo);
    }
}
