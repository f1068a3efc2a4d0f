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
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Version 10 of the schema: the alerts by which an incident fires are rows of their own and no longer JSON in its row, so that an alert of
 * an incident of thousands writes one of them and not all. Not a file: the two databases read JSON in ways of their own.
 */
final class FiringRows implements JavaMigration {
    private static final TypeReference<Map<String, String>> SERVICES = new TypeReference<>() {};

    static final int VERSION = 10;

    private record Stored(String incident, Map<String, String> firing) {}

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        run(
                connection,
                "create table firing_alert (incident text not null, fingerprint text not null, service text not null,"
                        + " primary key (incident, fingerprint))");
        move(connection);
    }

    /** Makes the column that there was before, for rows of then; nothing fires. */
    static void makeColumn(Connection connection) throws SQLException {
        run(connection, "delete from firing_alert");
        run(connection, "alter table incident add column firing text not null default '{}'");
    }

    /** Makes rows of what is in the column, and drops it. */
    static void move(Connection connection) throws SQLException {
        JsonMapper json = new JsonMapper();
        List<Stored> incidents = select(
                connection,
                row -> new Stored(row.getString(1), services(json, row.getString(1), row.getString(2))),
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

    private static Map<String, String> services(JsonMapper json, String incident, String firing) throws SQLException {
        try {
            return json.readValue(firing, SERVICES);
        } catch (JacksonException e) {
            throw new SQLException("what fires in " + incident + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(String.valueOf(VERSION));
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
