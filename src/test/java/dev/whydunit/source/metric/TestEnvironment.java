package dev.whydunit.source.metric;

import dev.whydunit.source.SourceEnvironment;
import java.nio.file.Path;
import java.util.Map;

/** A configuration with these secrets, in the current folder. */
public record TestEnvironment(Map<String, String> secrets) implements SourceEnvironment {
    /** Without secrets. */
    public TestEnvironment() {
        this(Map.of());
    }

    @Override
    public String secret(String reference) {
        if (!secrets.containsKey(reference)) {
            throw new IllegalArgumentException("no secret " + reference);
        }
        return secrets.get(reference);
    }

    @Override
    public Path resolve(String path) {
        return Path.of(path).toAbsolutePath();
    }
}
