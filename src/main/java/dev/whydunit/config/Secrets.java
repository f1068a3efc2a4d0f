package dev.whydunit.config;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads secrets by reference, and refuses those that stand in the configuration itself. */
record Secrets(Path directory, Map<String, String> variables) implements SourceEnvironment {
    private static final Set<String> SECRET_KEYS = Set.of(
            "password",
            "api_key",
            "token",
            "secret",
            "bearer",
            "passphrase",
            "secret_key",
            "signing_secret",
            "key_password");
    private static final String WRITTEN_OUT = "E606";
    private static final long LARGEST = 64 * 1024;

    @Override
    public String secret(String reference) {
        if (reference.startsWith("env:")) {
            String name = reference.substring(4);
            String value = variables.get(name);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException(
                        "the environment variable " + name + " (" + reference + ") is not set");
            }
            return value;
        }
        if (reference.startsWith("file:")) {
            return read(reference, resolve(reference.substring(5)));
        }
        throw new IllegalArgumentException("a secret is given by reference, as env:NAME or file:PATH");
    }

    private static String read(String reference, Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(
                        "the file of " + reference + " is larger than " + LARGEST + " bytes");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int end = text.length();
            while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
                end--;
            }
            return text.substring(0, end);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file of " + reference + " cannot be read: " + file, e);
        }
    }

    @Override
    public Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    static boolean isWrittenOut(Problem problem) {
        return problem.code().equals(WRITTEN_OUT);
    }

    /** Complains of secrets that are written out. The messages do not hold them. */
    static void check(YamlNode node, Problems problems) {
        switch (node) {
            case YamlNode.Mapping mapping -> {
                for (YamlNode.Entry entry : mapping.entries()) {
                    boolean literal = SECRET_KEYS.contains(entry.name())
                            && entry.value() instanceof YamlNode.Scalar value
                            && !value.text().startsWith("env:")
                            && !value.text().startsWith("file:");
                    if (literal) {
                        problems.add(
                                WRITTEN_OUT,
                                entry.key(),
                                "'" + entry.name() + "' is given by reference, not by value",
                                "write env:NAME for an environment variable or file:PATH for a file");
                    } else {
                        check(entry.value(), problems);
                    }
                }
            }
            case YamlNode.Sequence list -> list.items().forEach(item -> check(item, problems));
            case YamlNode.Scalar scalar -> {}
        }
    }
}
