package dev.whydunit.webhook;

import dev.whydunit.digest.Sha256;
import dev.whydunit.source.SourceEnvironment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One or more secrets by reference: while a secret is being changed the old and the new one count. They are read for each
 * delivery, and compared in a time that does not depend on where two texts differ.
 */
final class SharedSecrets {
    private final List<String> references;
    private final SourceEnvironment environment;

    SharedSecrets(List<String> references, SourceEnvironment environment) {
        this.references = List.copyOf(references);
        this.environment = environment;
    }

    /** @throws IllegalArgumentException when one cannot be read, or is empty: an empty secret lets everybody in */
    List<byte[]> read() {
        List<byte[]> secrets = new ArrayList<>();
        for (String reference : references) {
            String secret = environment.secret(reference);
            if (secret.isBlank()) {
                throw new IllegalArgumentException("the secret " + reference + " is empty");
            }
            secrets.add(secret.getBytes(StandardCharsets.UTF_8));
        }
        return secrets;
    }

    /** Whether the text is one of them. */
    boolean contain(String text) {
        // Digests are equally long, so that the comparison tells nothing of the length either.
        byte[] given = Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8));
        boolean found = false;
        for (byte[] secret : read()) {
            found |= MessageDigest.isEqual(Sha256.begin().digest(secret), given);
        }
        return found;
    }

    /** HMAC-SHA256 of the parts one after the other. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
