package dev.whydunit.server;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificate and key of a server. They are watched: a new pair is shown to those who connect after it was put there. */
final class TlsFiles {
    private static final String BUNDLE = "spring.ssl.bundle.pem.whydunit";

    private TlsFiles() {}

    /**
     * What the web server needs to know of them; nothing where none are configured.
     *
     * @throws StartFailure when they are not there or cannot be read
     */
    static Map<String, Object> properties(Configuration configuration) throws StartFailure {
        Map<String, Object> properties = new LinkedHashMap<>();
        Optional<TlsSettings> tls = configuration.operation().tls();
        if (tls.isPresent()) {
            properties.put(
                    BUNDLE + ".keystore.certificate",
                    file(configuration, "certificate", tls.get().certificate()));
            properties.put(
                    BUNDLE + ".keystore.private-key",
                    file(configuration, "key", tls.get().key()));
            if (tls.get().keyPassword().isPresent()) {
                properties.put(
                        BUNDLE + ".keystore.private-key-password",
                        secret(configuration, tls.get().keyPassword().get()));
            }
            properties.put(BUNDLE + ".reload-on-update", "true");
            properties.put("spring.ssl.bundle.watch.file.quiet-period", "1s");
            properties.put("server.ssl.bundle", "whydunit");
            properties.put("server.ssl.enabled-protocols", List.of("TLSv1.3", "TLSv1.2"));
        }
        return properties;
    }

    private static String file(Configuration configuration, String what, String path) throws StartFailure {
        Path file = configuration.environment().resolve(path);
        if (!Files.isReadable(file)) {
            throw new StartFailure("tls." + what + ": " + file + " is not there or cannot be read by this user");
        }
        return file.toUri().toString();
    }

    private static String secret(Configuration configuration, String reference) throws StartFailure {
        try {
            return configuration.environment().secret(reference);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("tls.key_password: " + e.getMessage());
        }
    }
}
