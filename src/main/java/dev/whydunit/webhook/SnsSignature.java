package dev.whydunit.webhook;

import com.google.re2j.Pattern;
import dev.whydunit.alert.Payload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Amazon SNS: RSA over sorted fields, by a certificate of Amazon's that the message names. The certificate comes from
 * Amazon's own host alone, and only messages of topics that the configuration names are taken.
 *
 * @param topics allowed ARNs
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">Verifying signatures</a>
 */
record SnsSignature(Set<String> topics, CertificateSource certificates) implements Authentication {
    private static final Pattern AMAZON = Pattern.compile("sns\\.[a-z0-9-]{3,40}\\.amazonaws\\.com(\\.cn)?");
    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SUBSCRIPTION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    private static final String RAW = "x-amz-sns-rawdelivery";
    private static final JsonMapper JSON = new JsonMapper();

    SnsSignature {
        topics = Set.copyOf(topics);
    }

    /** Whether the address is one of SNS's own. */
    static Optional<URI> amazon(String address) {
        try {
            URI uri = URI.create(address);
            boolean own = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && AMAZON.matches(uri.getHost())
                    && uri.getPort() == -1
                    && uri.getUserInfo() == null;
            return own ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Refusal> refuses(Delivery delivery) {
        if ("true".equals(delivery.header(RAW).orElse(""))) {
            return Optional.of(new Refusal(
                    401,
                    "not authenticated: a message that is delivered raw has no signature; switch raw message delivery off in the"
                            + " subscription"));
        }
        Map<String, String> fields;
        try {
            fields = fields(delivery.body());
        } catch (JacksonException e) {
            return Optional.of(new Refusal(400, "not readable as JSON; is this an SNS message?"));
        }
        String topic = fields.getOrDefault("TopicArn", "");
        if (topic.isEmpty()) {
            return Optional.of(new Refusal(403, "TopicArn: expected text, found none; is this an SNS message?"));
        }
        if (!topics.contains(topic)) {
            return Optional.of(new Refusal(403, "topic " + Payload.oneLine(topic) + " may not send here"));
        }
        Optional<URI> address = amazon(fields.getOrDefault("SigningCertURL", ""));
        if (address.isEmpty() || !String.valueOf(address.get().getPath()).endsWith(".pem")) {
            return Optional.of(new Refusal(401, "not authenticated: SigningCertURL is not an address of Amazon SNS"));
        }
        Optional<String> algorithm = switch (fields.getOrDefault("SignatureVersion", "")) {
            case "1" -> Optional.of("SHA1withRSA");
            case "2" -> Optional.of("SHA256withRSA");
            default -> Optional.empty();
        };
        if (algorithm.isEmpty()) {
            return Optional.of(new Refusal(401, "not authenticated: SignatureVersion must be 1 or 2"));
        }
        try {
            return verified(fields, address.get(), algorithm.get())
                    ? Optional.empty()
                    : Optional.of(new Refusal(401, "not authenticated: the signature does not match"));
        } catch (CertificateSource.Unavailable e) {
            // Amazon sends it again after a 5xx, and does not after a 4xx.
            return Optional.of(new Refusal(
                    503,
                    "the certificate of the signature cannot be had from " + address.get() + ": " + e.getMessage()));
        }
    }

    private boolean verified(Map<String, String> fields, URI address, String algorithm)
            throws CertificateSource.Unavailable {
        try {
            X509Certificate certificate = certificates.certificate(address);
            certificate.checkValidity();
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(certificate);
            signature.update(signed(fields).getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(fields.getOrDefault("Signature", "")));
        } catch (CertificateSource.Unavailable e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String signed(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        List<String> names = "Notification".equals(fields.get("Type")) ? NOTIFICATION : SUBSCRIPTION;
        for (String name : names) {
            String value = fields.get(name);
            if (value != null) {
                text.append(name).append('\n').append(value).append('\n');
            }
        }
        return text.toString();
    }

    /** The fields that are text. */
    static Map<String, String> fields(byte[] body) {
        Map<String, String> fields = new LinkedHashMap<>();
        JsonNode root = JSON.readTree(body);
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getValue().isString()) {
                fields.put(field.getKey(), field.getValue().stringValue());
            }
        }
        return fields;
    }
}
