package dev.whydunit.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/**
 * Standard Webhooks: HMAC-SHA256 over id, time and body.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">The specification</a>
 */
record StandardWebhook(Duration window, SharedSecrets secrets) implements Authentication {
    /** The header with what identifies a message. */
    static final String ID = StandardSignature.ID;

    private static final String TIMESTAMP = StandardSignature.TIMESTAMP;
    private static final String SIGNATURE = StandardSignature.SIGNATURE;
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
        boolean matches = false;
        for (byte[] secret : secrets.read()) {
            byte[] wanted = StandardSignature.of(secret, id.get(), time.orElse(""), delivery.body())
                    .getBytes(StandardCharsets.US_ASCII);
            for (String signature : signatures.get().split(" ", MOST_SIGNATURES)) {
                matches |= MessageDigest.isEqual(wanted, signature.strip().getBytes(StandardCharsets.UTF_8));
            }
        }
        return matches
                ? Optional.empty()
                : Optional.of(new Refusal(401, "not authenticated: the signature does not match"));
    }
}
