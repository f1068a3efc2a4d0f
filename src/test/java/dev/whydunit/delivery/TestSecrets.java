package dev.whydunit.delivery;

import dev.whydunit.source.SourceEnvironment;
import java.nio.file.Path;
import java.util.Map;

/** Secrets of a test, by reference. */
record TestSecrets(Map<String, String> values) implements SourceEnvironment {
    @Override
    public String secret(String reference) {
        if (!values.containsKey(reference)) {
            throw new IllegalArgumentException("the environment variable of " + reference + " is not set");
        }
        return values.get(reference);
    }

    @Override
    public Path resolve(String path) {
        return Path.of(path);
    }
}
