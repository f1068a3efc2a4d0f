package dev.whydunit.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/**
 * A look at a database that changes nothing in it.
 *
 * @param current whether its schema is of this program's version; an older one is brought there by the next command that uses it
 * @param ahead how far the database's clock is ahead of this machine's; zero for a file
 */
public record SchemaLook(boolean current, Duration ahead) {
    private static final String SECONDS = "5";

    /**
     * Looks at a SQLite file.
     *
     * @throws SQLException when it cannot be read or was written by a later version
     */
    public static SchemaLook embedded(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties())) {
            return new SchemaLook(Schema.isCurrent(connection), Duration.ZERO);
        }
    }

    /**
     * Looks at a PostgreSQL database.
     *
     * @throws SQLException when it cannot be reached or was written by a later version
     */
    public static SchemaLook postgres(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        properties.setProperty("ApplicationName", "whydunit doctor");
        try (Connection connection = DriverManager.getConnection(url, properties);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select extract(epoch from clock_timestamp())")) {
            rows.next();
            Instant theirs = Instant.ofEpochMilli((long) (rows.getDouble(1) * 1000));
            Duration ahead = Duration.between(Instant.now(), theirs);
            return new SchemaLook(Schema.isCurrent(connection), ahead);
        }
    }
}
