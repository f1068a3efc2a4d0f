package dev.whydunit.store;

import static dev.whydunit.store.Statements.batch;
import static dev.whydunit.store.Statements.select;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Version 10 of the schema: the alerts by which an incident fires are rows of their own and no longer JSON in its row, so that an alert of
 * an incident of thousands writes one of them and not all. Not a file: the two databases read JSON in ways of their own.
 */
final class FiringRows implements JavaMigration {
    private static final TypeReference<Map<String, String>> SERVICES = new TypeReference<>() {};

    private record Stored(String incident, Map<String, String> firing) {}

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        run(
                connection,
                "create table firing_alert (incident text not null, fingerprint text not null, service text not null,"
                        + " primary key (incident, fingerprint))");
        JsonMapper json = new JsonMapper();
        List<Stored> incidents = select(
                connection,
                row -> new Stored(row.getString(1), json.readValue(row.getString(2), SERVICES)),
                "select id, firing from incident where firing <> '{}'");
        List<Object[]> rows = new ArrayList<>();
        for (Stored incident : incidents) {
            incident.firing()
                    .forEach((fingerprint, service) ->
                            rows.add(new Object[] {incident.incident(), fingerprint, service}));
        }
        batch(connection, "insert into firing_alert (incident, fingerprint, service) values (?, ?, ?)", rows);
        run(connection, "alter table incident drop column firing");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("10");
    }

    @Override
    public String getDescription() {
        return "firing";
    }

    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
