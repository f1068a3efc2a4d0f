package dev.whydunit.doctor;

import dev.whydunit.config.Configuration;
import dev.whydunit.running.ConfiguredSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether each secret that the configuration refers to is there, and whether others may read its file. Values are never said. */
final class SecretChecks {
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private SecretChecks() {}

    static List<Check> of(Configuration configuration) {
        List<Check> checks = new ArrayList<>();
        for (String reference : ConfiguredSecrets.references(configuration)) {
            checks.add(secret(configuration, reference));
        }
        return checks;
    }

    private static Check secret(Configuration configuration, String reference) {
        String name = "secret " + reference;
        try {
            configuration.environment().secret(reference);
            if (reference.startsWith("file:")) {
                Path file = configuration.environment().resolve(reference.substring("file:".length()));
                if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                    return Check.warning(name, "others may read or change its file", "chmod 600 " + file);
                }
            }
            return Check.ok(name, "is there");
        } catch (IllegalArgumentException e) {
            return Check.problem(name, String.valueOf(e.getMessage()), "set it where this command and the server run");
        } catch (IOException e) {
            return Check.problem(name, "its file cannot be looked at: " + e.getMessage(), "see its rights");
        }
    }
}
