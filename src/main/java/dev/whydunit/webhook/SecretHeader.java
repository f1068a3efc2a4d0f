package dev.whydunit.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * A header that holds a secret: a bearer token, a password, or a header of the sender's choice.
 *
 * @param header its name
 * @param scheme what stands before the secret; empty for the whole header
 * @param user the user of basic authentication; empty for the others
 */
record SecretHeader(String header, String scheme, String user, SharedSecrets secrets) implements Authentication {
    static SecretHeader bearer(SharedSecrets secrets) {
        return new SecretHeader("Authorization", "Bearer ", "", secrets);
    }

    static SecretHeader basic(String user, SharedSecrets secrets) {
        return new SecretHeader("Authorization", "Basic ", user, secrets);
    }

    @Override
    public Optional<Refusal> refuses(Delivery delivery) {
        Optional<String> value = delivery.header(header);
        if (value.isEmpty()) {
            return Optional.of(new Refusal(401, "not authenticated: no header " + header));
        }
        String text = value.get();
        if (!text.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.of(new Refusal(401, "not authenticated: expected " + scheme.strip() + " authentication"));
        }
        String given = text.substring(scheme.length()).strip();
        return matches(given) ? Optional.empty() : Optional.of(new Refusal(401, "not authenticated"));
    }

    private boolean matches(String given) {
        if (user.isEmpty()) {
            return secrets.contain(given);
        }
        try {
            String pair = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            // Both are compared, whatever the first comparison said.
            boolean password = secrets.contain(colon < 0 ? "" : pair.substring(colon + 1));
            return MessageDigest.isEqual(
                            pair.substring(0, Math.max(0, colon)).getBytes(StandardCharsets.UTF_8),
                            user.getBytes(StandardCharsets.UTF_8))
                    & password;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
