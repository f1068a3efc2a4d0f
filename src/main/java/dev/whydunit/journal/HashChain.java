package dev.whydunit.journal;

import dev.whydunit.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Binds each event to all before it: hash = SHA-256(hash of the event before, newline, the event's JSON). */
public final class HashChain {
    private HashChain() {}

    /** What the first event follows. */
    public static final String START = "";

    /** The hash of an event that follows another. */
    public static String next(String previous, String json) {
        MessageDigest digest = Sha256.begin();
        digest.update(previous.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
    }
}
