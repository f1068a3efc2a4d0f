package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.expression.Values;
import dev.whydunit.yaml.PlainValues;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a configuration a recording needs: the secrets that must not be in it, and the service that it is about. */
public final class ConfiguredSecrets {
    /** Tokens of this program's own that the environment holds: no configuration refers to them, and everything must hide them. */
    private static final List<String> OWN = List.of("env:WHYDUNIT_ADMIN_TOKEN", "env:WHYDUNIT_TOKEN");

    private ConfiguredSecrets() {}

    /** How the configuration refers to secrets: {@code env:NAME} or {@code file:PATH}. */
    public static Set<String> references(Configuration configuration) {
        Set<String> references = new LinkedHashSet<>();
        configuration.sources().values().forEach(source -> collect(Values.of(source.settings()), references));
        configuration.receivers().values().forEach(node -> collect(PlainValues.of(node), references));
        configuration.operation().tls().ifPresent(tls -> collect(Values.of(tls), references));
        configuration.operation().tracing().ifPresent(tracing -> collect(Values.of(tracing), references));
        configuration.notifications().channels().values().forEach(channel -> collect(channel.references(), references));
        configuration.database().ifPresent(database -> collect(Values.of(database), references));
        configuration
                .hosts()
                .values()
                .forEach(host -> host.ssh().ifPresent(node -> collect(PlainValues.of(node), references)));
        return references;
    }

    /** The values of all secrets that the configuration refers to, and of this program's own tokens, as far as they are there. */
    public static Set<String> of(Configuration configuration) {
        Set<String> secrets = new LinkedHashSet<>();
        Set<String> references = references(configuration);
        references.addAll(OWN);
        for (String reference : references) {
            try {
                secrets.add(configuration.environment().secret(reference));
            } catch (IllegalArgumentException e) {
                // A secret that is not there cannot have come into any observation.
                secrets.remove(reference);
            }
        }
        return secrets;
    }

    private static void collect(Object value, Set<String> references) {
        switch (value) {
            case String text when text.startsWith("env:") || text.startsWith("file:") -> references.add(text);
            case Map<?, ?> map -> map.values().forEach(element -> collect(element, references));
            case Collection<?> list -> list.forEach(element -> collect(element, references));
            default -> {}
        }
    }

    /** The catalogue's entry for the service that the inputs name; empty where there is none. */
    public static Map<String, Object> service(Configuration configuration, Map<String, Object> inputs) {
        return inputs.get("service") instanceof String name
                ? configuration.services().getOrDefault(name, Map.of())
                : Map.of();
    }
}
