package dev.whydunit.doctor;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.DatabaseSettings;
import dev.whydunit.store.SchemaLook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The database: whether it is there, which version its schema has, whether its clock and this machine's agree. */
final class DatabaseChecks {
    private static final Duration NOTABLE = Duration.ofSeconds(2);
    private static final String NAME = "database";

    private DatabaseChecks() {}

    static List<Check> of(Configuration configuration, Path state) {
        return configuration.database().isPresent()
                ? postgres(configuration, configuration.database().get())
                : List.of(embedded(state.resolve("journal.db")));
    }

    private static Check embedded(Path file) {
        if (!Files.exists(file)) {
            return Check.ok(NAME, file + " is not there yet; it is made at the first use");
        }
        try {
            return version(file.toString(), SchemaLook.embedded(file));
        } catch (SQLException e) {
            return Check.problem(NAME, file + ": " + e.getMessage(), "restore a backup, or use another --state");
        }
    }

    private static List<Check> postgres(Configuration configuration, DatabaseSettings settings) {
        String address = settings.url().split("\\?", 2)[0];
        List<Check> checks = new ArrayList<>();
        try {
            SchemaLook look = SchemaLook.postgres(
                    settings.url(),
                    settings.user().orElse(""),
                    settings.password().map(configuration.environment()::secret).orElse(""));
            checks.add(version(address, look));
            String says = "the database's clock is " + Math.abs(look.ahead().toMillis()) / 1000.0 + " s "
                    + (look.ahead().isNegative() ? "behind" : "ahead of") + " this machine's";
            checks.add(
                    look.ahead().abs().compareTo(NOTABLE) > 0
                            ? Check.warning("clock", says, "let both keep time by NTP")
                            : Check.ok("clock", says));
        } catch (SQLException | IllegalArgumentException e) {
            checks.add(Check.problem(
                    NAME,
                    address + ": " + e.getMessage(),
                    "see database: in the configuration, and that the server runs"));
        }
        return checks;
    }

    private static Check version(String name, SchemaLook look) {
        return look.current()
                ? Check.ok(NAME, name + " is there, its schema is current")
                : Check.warning(
                        NAME,
                        name + " has the schema of an earlier version, or none",
                        "the next start of the server brings it up to date; make a backup first");
    }
}
