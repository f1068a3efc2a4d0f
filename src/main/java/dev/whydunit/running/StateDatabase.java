package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.DatabaseSettings;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.store.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** The database that a configuration names, for a command: PostgreSQL, or the embedded one in the state directory. */
public final class StateDatabase {
    private StateDatabase() {}

    /**
     * Opens it; an embedded one is made when there is none.
     *
     * @throws JournalFailure when it cannot be opened, with a line that says why
     */
    public static Database open(Configuration configuration, Path state) {
        Optional<DatabaseSettings> configured = configuration.database();
        try {
            if (configured.isEmpty()) {
                return Database.embedded(state.resolve("journal.db"));
            }
            String password = configured
                    .get()
                    .password()
                    .map(configuration.environment()::secret)
                    .orElse("");
            return Database.postgres(
                    configured.get().url(), configured.get().user().orElse(""), password);
        } catch (SQLException | IllegalArgumentException e) {
            throw new JournalFailure("cannot open the database: " + e.getMessage(), e);
        }
    }
}
