package dev.whydunit.demo;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Checks a customer's password before money moves. As password hashes should, it costs a fixed time of this machine's
 * processor, so that a shop without a processor of its own is slow on any machine. Thread-safe.
 */
final class PasswordCheck {
    private static final double MILLIS = 25;
    private static final int TRIAL = 4_000;
    private static final int KEY_BITS = 256;
    private static final byte[] SALT = "one salt is enough for one customer".getBytes(StandardCharsets.UTF_8);
    private static final char[] PASSWORD = "correct horse battery staple".toCharArray();

    private final int rounds;
    private final byte[] stored;

    PasswordCheck() {
        hash(TRIAL);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        hash(TRIAL);
        double millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
        rounds = (int) Math.clamp(TRIAL * MILLIS / Math.max(0.1, millis), 1_000, 1_000_000);
        stored = hash(rounds);
    }

    /** Whether the password is right. */
    boolean passes() {
        return MessageDigest.isEqual(stored, hash(rounds));
    }

    private static byte[] hash(int rounds) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(PASSWORD, SALT, rounds, KEY_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
        }
    }
}
