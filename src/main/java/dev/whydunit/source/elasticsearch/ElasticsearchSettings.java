package dev.whydunit.source.elasticsearch;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The settings of a source of kind {@code elasticsearch}. */
@About("Log events in Elasticsearch, 8.19 or later.")
public record ElasticsearchSettings(
        @About(value = "Where the server answers, without user or password.", example = "https://es.example.org:9200")
        String url,

        @About(
                value = "The index, data stream, alias or pattern that holds the events; several with commas.",
                example = "'logs-*'")
        String index,

        @About("The field of an event's time.") @Default("'@timestamp'")
        String timeField,

        @About("The field of an event's text.") @Default("message")
        String messageField,

        @About(
                value = "What the index calls a field, by its ECS name.",
                example = "{service.name: kubernetes.labels.app}")
        Map<String, String> fields,

        @About(value = "A reference to the API key.", example = "'env:ES_KEY'")
        Optional<String> apiKey,

        @About(value = "The user for basic authentication.", example = "whydunit")
        Optional<String> user,

        @About(value = "A reference to the user's password.", example = "'file:secrets/es'")
        Optional<String> password,

        @About(
                value =
                        "A PEM file with the certificate of the authority that signed the server's; left out: the JDK's authorities.",
                example = "certs/http_ca.crt")
        Optional<String> ca,

        @About("How long one request may take.") @Default("30s")
        Duration timeout) {
    /**
     * Keeps its own copy of the mapping.
     *
     * @throws IllegalArgumentException when settings contradict each other
     */
    public ElasticsearchSettings {
        fields = Map.copyOf(fields);
        if (apiKey.isPresent() && user.isPresent()) {
            throw new IllegalArgumentException("give either api_key or user and password, not both");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("user and password belong together, and one of them is missing");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be longer than nothing, but is " + timeout);
        }
    }
}
