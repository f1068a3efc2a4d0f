package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.DatabaseSettings;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.incident.Catalogue;
import dev.whydunit.incident.Grouping;
import dev.whydunit.incident.GroupingRules;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.incident.NotServices;
import dev.whydunit.incident.Signals;
import dev.whydunit.incident.Triage;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.store.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/** The database that the configuration names, for commands: the embedded one of a state directory, or a PostgreSQL. */
public final class LocalDatabase {
    private LocalDatabase() {}

    /**
     * Opens it, and makes it when there is none.
     *
     * @throws JournalFailure when it cannot be opened or was written by a later version
     */
    public static Database open(Configuration configuration, Path state) {
        Optional<DatabaseSettings> configured = configuration.database();
        if (configured.isEmpty()) {
            return JournalStore.embedded(state);
        }
        try {
            return postgres(configured.get(), configuration);
        } catch (SQLException | IllegalArgumentException e) {
            throw new JournalFailure(
                    "cannot open the database: " + e.getMessage() + "; see database: in the configuration", e);
        }
    }

    /**
     * Opens a configured PostgreSQL.
     *
     * @throws IllegalArgumentException when its password cannot be read
     */
    public static Database postgres(DatabaseSettings settings, Configuration configuration) throws SQLException {
        String password =
                settings.password().map(configuration.environment()::secret).orElse("");
        return Database.postgres(settings.url(), settings.user().orElse(""), password);
    }

    /** How alerts' labels are read with this configuration. */
    public static Signals signals(Configuration configuration) {
        return new Signals(
                Catalogue.of(configuration.services()),
                configuration.incidents().notServices().map(NotServices::new).orElse(NotServices.USUAL));
    }

    /** The incidents in it; the configured secrets are taken out of what is stored. */
    public static IncidentStore incidents(
            Database database, Configuration configuration, Signals signals, Triage triage) {
        SecretMask mask = new SecretMask(ConfiguredSecrets.of(configuration));
        return incidents(database, configuration, signals, triage, () -> mask);
    }

    /**
     * As {@link #incidents(Database, Configuration, Signals, Triage)}.
     *
     * @param mask what is taken out, as it is now
     */
    public static IncidentStore incidents(
            Database database, Configuration configuration, Signals signals, Triage triage, Supplier<SecretMask> mask) {
        GroupingRules rules = GroupingRules.of(
                configuration.incidents().window(),
                configuration.incidents().quiet(),
                configuration.incidents().reopen());
        return new IncidentStore(database, new Grouping(signals, rules), rules, triage, mask);
    }
}
