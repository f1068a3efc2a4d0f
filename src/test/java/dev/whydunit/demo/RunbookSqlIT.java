package dev.whydunit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The runbook's SQL says the same of PostgreSQL as of the demonstration's database. */
class RunbookSqlIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void onPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (Connection owner = DriverManager.getConnection(url);
                    Statement statement = owner.createStatement()) {
                statement.execute("create table products (id bigint primary key, stock int)");
                statement.execute("insert into products select generate_series(1, 50), 10");
            }
            check(() -> DriverManager.getConnection(url), () -> DriverManager.getConnection(url));
        }
    }

    @Test
    void onTheDemonstrationsDatabase() throws Exception {
        Map<String, String> passwords = Map.of(
                DatabaseServer.OWNER_PASSWORD,
                "a",
                DatabaseServer.SHOP_PASSWORD,
                "b",
                DatabaseServer.MONITOR_PASSWORD,
                "c");
        try (ChildJvm database =
                ChildJvm.start("database", DatabaseServer.class, 160, folder, passwords, List.of(folder.toString()))) {
            String url = DatabaseServer.url(database.port(SOON)) + ";LOCK_TIMEOUT=20000";
            check(
                    () -> DriverManager.getConnection(url, "shop", "b"),
                    () -> DriverManager.getConnection(url, "monitor", "c"));
        }
    }

    private static void check(Sessions application, Sessions monitor) throws Exception {
        List<Connection> opened = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try (Connection watching = monitor.open()) {
            for (int i = 0; i < 6; i++) {
                Connection connection = application.open();
                connection.setAutoCommit(false);
                opened.add(connection);
            }
            List<Connection> waiting = opened.subList(1, 5);
            takeFromStock(opened.getFirst());
            waiting.forEach(connection -> threads.submit(() -> takeFromStock(connection)));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(firstThree(rows(watching, query("sessions"))))
                            .contains("active|Lock|4", "idle in transaction|Client|1", "idle|Client|1"));
            assertThat(rows(watching, query("blockers")))
                    .singleElement()
                    .asString()
                    .endsWith("|idle in transaction|4");

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(rows(watching, query("sessions"))).contains("idle in transaction|Client|1|1"));

            opened.getFirst().rollback();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(firstThree(rows(watching, query("sessions"))))
                            .contains("idle in transaction|Client|1", "active|Lock|3"));
        } finally {
            threads.shutdownNow();
            for (Connection connection : opened) {
                connection.abort(Runnable::run);
            }
        }
    }

    /** Without the last column, which grows with time. */
    private static List<String> firstThree(List<String> rows) {
        return rows.stream().map(row -> row.substring(0, row.lastIndexOf('|'))).toList();
    }

    private static Void takeFromStock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update products set stock = stock - 1 where id = 7");
        }
        return null;
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(found.getString(i));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }

    private static String query(String step) throws IOException {
        Map<?, ?> runbook = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("runbooks", "web_slowdown.yaml")));
        Map<?, ?> steps = (Map<?, ?>) runbook.get("steps");
        Map<?, ?> sql = (Map<?, ?>) ((Map<?, ?>) steps.get(step)).get("sql_query");
        return (String) sql.get("query");
    }

    private interface Sessions {
        Connection open() throws SQLException;
    }
}
