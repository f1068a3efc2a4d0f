package dev.whydunit.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Standard Webhooks: HMAC-SHA256 over id, time and body.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">The specification</a>
 */
record StandardWebhook(Duration window, SharedSecrets secrets) implements Authentication {
    /** The header with what identifies a message. */
    static final String ID = "webhook-id";

    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final String SECRET_PREFIX = "whsec_";
    private static final int MOST_SIGNATURES = 10;

    @Override
    public Optional<Refusal> refuses(Delivery delivery) {
        Optional<String> id = delivery.header(ID);
        Optional<String> signatures = delivery.header(SIGNATURE);
        if (id.isEmpty() || signatures.isEmpty()) {
            return Optional.of(new Refusal(401, "not authenticated: needs the headers " + ID + " and " + SIGNATURE));
        }
        Optional<String> time = delivery.header(TIMESTAMP);
        Optional<Refusal> late = TimeWindow.refuses(time, TIMESTAMP, delivery.at(), window);
        if (late.isPresent()) {
            return late;
        }
        byte[] before = (id.get() + "." + time.orElse("") + ".").getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (byte[] secret : secrets.read()) {
            String expected = "v1,"
                    + Base64.getEncoder().encodeToString(SharedSecrets.hmac(key(secret), before, delivery.body()));
            byte[] wanted = expected.getBytes(StandardCharsets.US_ASCII);
            for (String signature : signatures.get().split(" ", MOST_SIGNATURES)) {
                matches |= MessageDigest.isEqual(wanted, signature.strip().getBytes(StandardCharsets.UTF_8));
            }
        }
        return matches
                ? Optional.empty()
                : Optional.of(new Refusal(401, "not authenticated: the signature does not match"));
    }

    /** A secret with the prefix is base64 of the key; any other is the key. */
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
