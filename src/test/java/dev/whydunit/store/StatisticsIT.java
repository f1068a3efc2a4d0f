package dev.whydunit.store;

import static dev.whydunit.store.Statements.batch;
import static dev.whydunit.store.Statements.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A first storm on a new PostgreSQL: what is known of an alert is found by an index however fast the table grows. */
class StatisticsIT {
    private static void add(Database database, int from, int number) {
        database.commits()
                .submit(connection -> batch(
                        connection,
                        "insert into alert (id, receiver, event, fingerprint, status, labels, annotations, starts_at, url, group_key,"
                                + " received_at, incident) values (?, 'am', ?, ?, 'firing', '{}', '{}', '', '', '', '2026', 'inc-1')",
                        IntStream.range(from, from + number)
                                .mapToObj(i -> new Object[] {"a" + i, "e" + i, "f" + i})
                                .toList()))
                .join();
    }

    private static double known(Database database) throws Exception {
        return database.read(connection -> select(
                        connection,
                        row -> row.getDouble(1),
                        "select reltuples from pg_class where oid = 'alert'::regclass"))
                .getFirst();
    }

    @Test
    void tablesThatGrowAreLookedAtAgain() throws Exception {
        // PostgreSQL's own looks would hide ours.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("autovacuum", "off")
                        .start();
                Database database =
                        Database.postgres(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")) {
            add(database, 0, 2_000);
            await().atMost(Duration.ofSeconds(30)).until(() -> known(database) == 2_000);
            add(database, 2_000, 8_000);
            await().atMost(Duration.ofSeconds(30)).until(() -> known(database) == 10_000);
            List<String> plan = database.read(
                    connection -> select(
                            connection,
                            row -> row.getString(1),
                            "explain select event, incident from alert where receiver = 'am' and event in ('e1', 'e2', 'e3', 'e4')"));
            assertThat(String.join("\n", plan)).contains("Index Cond").contains("event = ANY");
        }
    }
}
