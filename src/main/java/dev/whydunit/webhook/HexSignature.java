package dev.whydunit.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * HMAC-SHA256 of the body in hex, as Grafana and PagerDuty sign.
 *
 * @param header where it stands: one signature, or several separated by commas, of which any may match
 * @param prefix what stands before each, such as {@code v1=}
 * @param timestampHeader a header with the seconds since 1970, which are then signed with the body as {@code seconds:body} and must be recent
 */
record HexSignature(
        String header, String prefix, Optional<String> timestampHeader, Duration window, SharedSecrets secrets)
        implements Authentication {
    private static final int MOST_SIGNATURES = 10;
    private static final Refusal WRONG = new Refusal(401, "not authenticated: the signature does not match");

    @Override
    public Optional<Refusal> refuses(Delivery delivery) {
        Optional<String> value = delivery.header(header);
        if (value.isEmpty()) {
            return Optional.of(new Refusal(401, "not authenticated: no header " + header));
        }
        byte[] before = new byte[0];
        if (timestampHeader.isPresent()) {
            Optional<String> timestamp = delivery.header(timestampHeader.get());
            Optional<Refusal> late = TimeWindow.refuses(timestamp, timestampHeader.get(), delivery.at(), window);
            if (late.isPresent()) {
                return late;
            }
            before = (timestamp.orElse("") + ":").getBytes(StandardCharsets.UTF_8);
        }
        List<byte[]> signatures = signatures(value.get());
        boolean matches = false;
        for (byte[] secret : secrets.read()) {
            byte[] expected = SharedSecrets.hmac(secret, before, delivery.body());
            for (byte[] signature : signatures) {
                matches |= MessageDigest.isEqual(expected, signature);
            }
        }
        return matches ? Optional.empty() : Optional.of(WRONG);
    }

    private List<byte[]> signatures(String value) {
        List<byte[]> signatures = new ArrayList<>();
        for (String part : value.split(",", MOST_SIGNATURES + 1)) {
            String text = part.strip();
            if (text.startsWith(prefix) && signatures.size() < MOST_SIGNATURES) {
                try {
                    signatures.add(HexFormat.of().parseHex(text.substring(prefix.length())));
                } catch (IllegalArgumentException e) {
                    // Not hex, and so nobody's signature; another of the list may be.
                    continue;
                }
            }
        }
        return signatures;
    }
}
