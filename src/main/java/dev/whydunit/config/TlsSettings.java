package dev.whydunit.config;

import dev.whydunit.schema.About;
import java.util.Optional;

/**
 * What a server shows those who connect. Both files are PEM and are read again when they change.
 *
 * @param certificate path of the certificate, followed by those that lead to a known authority
 * @param key path of the private key, PKCS #8
 * @param keyPassword a reference to the password of an encrypted key
 */
@About("What a server shows those who connect; the files are read again when they change.")
public record TlsSettings(
        @About(value = "The certificate and those above it, PEM.", example = "tls/server.crt")
        String certificate,

        @About(value = "Its private key, PEM.", example = "tls/server.key")
        String key,

        @About(value = "A reference to the key's password, when it has one.", example = "env:TLS_KEY_PASSWORD")
        Optional<String> keyPassword) {}
