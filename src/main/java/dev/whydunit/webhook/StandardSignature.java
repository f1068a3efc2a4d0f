package dev.whydunit.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The signature of Standard Webhooks: HMAC-SHA256 over id, time and body. The same for what comes in and for what goes out.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">The specification</a>
 */
public final class StandardSignature {
    /** The header with what identifies a message, the same each time that it is sent. */
    public static final String ID = "webhook-id";
    /** The header with the time of sending, in seconds since 1970. */
    public static final String TIMESTAMP = "webhook-timestamp";
    /** The header with the signatures. */
    public static final String SIGNATURE = "webhook-signature";

    private static final String SECRET_PREFIX = "whsec_";

    private StandardSignature() {}

    /**
     * The value of its header for one secret.
     *
     * @param secret with the prefix {@code whsec_} base64 of the key, else the key itself
     * @throws IllegalArgumentException when what follows the prefix is not base64
     */
    public static String of(byte[] secret, String id, String timestamp, byte[] body) {
        byte[] before = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(SharedSecrets.hmac(key(secret), before, body));
    }

    private static byte[] key(byte[] secret) {
        String text = new String(secret, StandardCharsets.UTF_8);
        if (!text.startsWith(SECRET_PREFIX)) {
            return secret;
        }
        try {
            return Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a secret that begins with " + SECRET_PREFIX + " goes on in base64", e);
        }
    }
}
