package dev.whydunit.incident;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Ids of alerts: each sorts after those before it, also when the clock is set back, and within a millisecond. They begin with the time
 * (milliseconds), then a number, then what makes them no one else's. Used by whoever holds the lock of the intake.
 */
final class AlertIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIME_DIGITS = 13;
    private static final int NUMBER_DIGITS = 4;
    private static final int RANDOM_BYTES = 6;
    private static final long MOST_IN_A_MILLISECOND = 0xffff;

    private long millis;
    private long number;

    /** The last id that there is; empty text when there is none. */
    void after(String last) {
        if (last.length() < TIME_DIGITS + NUMBER_DIGITS) {
            millis = 0;
            number = 0;
        } else {
            millis = HexFormat.fromHexDigitsToLong(last, 0, TIME_DIGITS);
            number = HexFormat.fromHexDigitsToLong(last, TIME_DIGITS, TIME_DIGITS + NUMBER_DIGITS);
        }
    }

    String next(Instant now) {
        if (now.toEpochMilli() > millis) {
            millis = now.toEpochMilli();
            number = 0;
        } else if (number == MOST_IN_A_MILLISECOND) {
            millis++;
            number = 0;
        } else {
            number++;
        }
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(millis, TIME_DIGITS) + hex.toHexDigits(number, NUMBER_DIGITS) + hex.formatHex(random);
    }
}
