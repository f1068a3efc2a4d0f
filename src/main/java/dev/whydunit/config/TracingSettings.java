package dev.whydunit.config;

import dev.whydunit.schema.About;
import java.util.Map;

/**
 * Where spans of investigations go.
 *
 * @param endpoint of OTLP over HTTP
 * @param headers sent along, each value a reference to a secret
 */
@About("Where spans of investigations go: OpenTelemetry's protocol over HTTP.")
public record TracingSettings(
        @About(value = "Where they are posted.", example = "http://127.0.0.1:4318/v1/traces")
        String endpoint,

        @About(
                value = "Headers that are sent along; each value is a reference.",
                example = "{Authorization: env:OTLP_TOKEN}")
        Map<String, String> headers) {
    /** Refuses an address that is none, and headers by value. */
    public TracingSettings {
        headers = Map.copyOf(headers);
        if (!endpoint.startsWith("http://") && !endpoint.startsWith("https://")) {
            throw new IllegalArgumentException("endpoint is an http or https address, not '" + endpoint + "'");
        }
        headers.forEach((name, reference) -> {
            if (!reference.startsWith("env:") && !reference.startsWith("file:")) {
                throw new IllegalArgumentException(
                        "the header " + name + " is given by reference, as env:NAME or file:PATH, not by value");
            }
        });
    }
}
