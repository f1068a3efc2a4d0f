package dev.whydunit.source.metric;

import dev.whydunit.schema.About;
import dev.whydunit.source.SourceEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How a source proves who asks: a bearer token, or user and password.
 *
 * @param bearer reference to a token
 * @param user a user's name
 * @param password reference to the user's password
 */
@About("How to authenticate: a bearer token, or user and password.")
public record HttpCredentials(
        @About(value = "Reference to a bearer token, never the token itself.", example = "env:PROM_TOKEN")
        Optional<String> bearer,

        @About(value = "User name for basic authentication.", example = "reader")
        Optional<String> user,

        @About(value = "Reference to the user's password, never the password itself.", example = "file:secrets/prom")
        Optional<String> password) {

    /**
     * The value of the Authorization header.
     *
     * @throws IllegalArgumentException when neither or both ways are given, or a reference leads nowhere; the message holds no secret
     */
    String header(String source, SourceEnvironment environment) {
        if (bearer.isPresent() == (user.isPresent() || password.isPresent())) {
            throw new IllegalArgumentException("source " + source + ": auth takes either bearer, or user and password");
        }
        if (bearer.isPresent()) {
            return "Bearer " + headerText(source, environment.secret(bearer.get()));
        }
        if (user.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("source " + source + ": auth needs user and password together");
        }
        String pair = user.get() + ":" + environment.secret(password.get());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String headerText(String source, String secret) {
        if (secret.isEmpty() || secret.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException(
                    "source " + source + ": the bearer token is empty or holds blanks or line breaks");
        }
        return secret;
    }
}
