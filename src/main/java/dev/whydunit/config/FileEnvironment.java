package dev.whydunit.config;

import dev.whydunit.source.SourceEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Secrets from environment variables and files, and paths from the configuration's folder. */
final class FileEnvironment implements SourceEnvironment {
    private static final long MAX_SECRET = 64 << 10;

    private final Path directory;
    private final Map<String, String> variables;

    FileEnvironment(Path directory, Map<String, String> variables) {
        this.directory = directory;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public String secret(String reference) {
        if (reference.startsWith("env:")) {
            String name = reference.substring("env:".length());
            String value = variables.get(name);
            if (value == null) {
                throw new IllegalArgumentException("there is no environment variable " + name + ", which " + reference + " names");
            }
            return value;
        }
        if (reference.startsWith("file:")) {
            return file(reference, resolve(reference.substring("file:".length())));
        }
        throw new IllegalArgumentException(
                "a secret is given by reference, env:NAME or file:PATH, not in clear; put it into one of these");
    }

    private static String file(String reference, Path path) {
        try {
            if (Files.size(path) > MAX_SECRET) {
                throw new IllegalArgumentException(reference + " is larger than " + MAX_SECRET + " bytes: that is no secret");
            }
            String text = Files.readString(path);
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + path + ", which " + reference + " names", e);
        }
    }

    @Override
    public Path resolve(String path) {
        return directory.resolve(path).normalize();
    }
}
