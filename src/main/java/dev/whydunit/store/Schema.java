package dev.whydunit.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema to the version that this program knows. */
final class Schema {
    /** The number of the newest migration: a file in {@code migrations}, or {@link FiringRows}. */
    static final int VERSION = 10;

    private static final String LOCATION = "classpath:dev/whydunit/store/migrations";

    private Schema() {}

    /** Flyway takes half a second to load: it is asked only when there is something to do. */
    static boolean isCurrent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select version from flyway_schema_history where success order by installed_rank desc limit 1")) {
            if (!rows.next()) {
                return false;
            }
            int version = Integer.parseInt(rows.getString(1));
            if (version > VERSION) {
                throw new SchemaTooNew(rows.getString(1), VERSION);
            }
            return version == VERSION;
        } catch (SchemaTooNew e) {
            throw e;
        } catch (SQLException e) {
            // No such table: a new database, or one from before there were migrations.
            return false;
        }
    }

    static void migrate(DataSource database) throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(database)
                    .locations(LOCATION)
                    .javaMigrations(new FiringRows())
                    // The first version made its tables without Flyway; they are those of V1.
                    .baselineOnMigrate(true)
                    .baselineVersion("1")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException("its schema cannot be brought to version " + VERSION + ": " + e.getMessage(), e);
        }
    }
}
