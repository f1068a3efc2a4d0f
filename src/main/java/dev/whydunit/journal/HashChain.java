package dev.whydunit.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Binds each event to all before it: hash = SHA-256(hash of the event before, newline, the event's JSON). */
final class HashChain {
    private HashChain() {}

    static final String START = "";

    static String next(String previous, String json) {
        MessageDigest digest = sha256();
        digest.update(previous.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
