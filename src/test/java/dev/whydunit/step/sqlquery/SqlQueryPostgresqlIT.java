package dev.whydunit.step.sqlquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.expression.SqlText;
import dev.whydunit.step.TestStepContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sql_query against a real PostgreSQL server. */
class SqlQueryPostgresqlIT {
    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    private final SqlQueryKind kind = new SqlQueryKind();

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        execute("create table orders (id bigint, total numeric, note text)");
        execute("insert into orders select i, i * 1.5, 'n' from generate_series(1, 10) i");
        execute("create sequence numbers");
        execute("create role reader login password '" + Databases.SECRET + "'");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void everyTypeBecomesAPlainValue() throws Exception {
        SqlQueryResult result = seen(query("""
                select 1::smallint as small, 2::bigint as big, 1.25::numeric as decimal, true as yes, null::text as none,
                  'x'::text as word, timestamptz '2026-01-02 03:04:05+02' as at, timestamp '2026-01-02 03:04:05' as bare,
                  date '2026-01-02' as day, interval '90 seconds' as span, array[1, 2] as list, '{"a": 1}'::jsonb as doc,
                  '\\x00ff'::bytea as raw, 'nan'::float8 as nan
                """));

        Map<String, Object> row = result.rows().getFirst();
        assertThat(row)
                .containsEntry("small", 1L)
                .containsEntry("big", 2L)
                .containsEntry("decimal", 1.25)
                .containsEntry("yes", true)
                .containsEntry("word", "x")
                .containsEntry("at", Instant.parse("2026-01-02T01:04:05Z"))
                .containsEntry("bare", Instant.parse("2026-01-02T03:04:05Z"))
                .containsEntry("day", "2026-01-02")
                .containsEntry("list", List.of(1L, 2L))
                .containsEntry("doc", "{\"a\": 1}")
                .containsEntry("raw", "(2 bytes)")
                .containsEntry("nan", Double.NaN)
                .doesNotContainKey("none");
    }

    @Test
    void valuesAreBound() throws Exception {
        String hostile = "'; delete from orders; --";
        assertThat(seen(query("select ?::text as back, ?::timestamptz as at", hostile, Instant.EPOCH))
                        .rows())
                .containsExactly(Map.of("back", hostile, "at", Instant.EPOCH));
    }

    @Test
    void theServerRefusesEveryWayToWrite() throws Exception {
        for (String statement : List.of(
                "delete from orders",
                "select 1; commit; delete from orders",
                "with gone as (delete from orders returning *) select * from gone",
                "explain analyze delete from orders",
                "select * into copy from orders",
                "select nextval('numbers')",
                "select * from orders for update",
                "select set_config('transaction_read_only', 'off', false) || query_to_xml('delete from orders', true, true, '')::text",
                "set transaction read write",
                "do $$ begin delete from orders; end $$",
                "copy orders to program 'touch /tmp/whydunit-canary'")) {
            assertThat(unseen(query(statement)).cause()).as(statement).isIn(Cause.DENIED, Cause.FAILED);
        }
        assertThat(seen(query("select count(*) as n from orders")).rows()).containsExactly(Map.of("n", 10L));
    }

    @Test
    void whatOldServersAllowInAReadOnlyTransactionIsRolledBack() throws Exception {
        query("select lo_create(0)");

        assertThat(seen(query("select count(*) as n from pg_largeobject_metadata"))
                        .rows())
                .containsExactly(Map.of("n", 0L));
    }

    @Test
    void aTimeLimitEndsTheQueryAtTheServer() throws Exception {
        Unseen unseen = unseen(kind.observe(
                parameters("select pg_sleep(3091)"),
                TestStepContext.in(folder, Duration.ofMillis(500)).withSource(source("postgres", Optional.empty()))));

        assertThat(unseen.cause()).isEqualTo(Cause.TIMED_OUT);
        await().untilAsserted(() -> assertThat(sleeping("3091")).isZero());
    }

    @Test
    void anInterruptEndsTheQueryAtTheServer() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                query("select pg_sleep(3092)");
                thrown.complete(new AssertionError("it ended by itself"));
            } catch (Exception e) {
                thrown.complete(e);
            }
        });
        await().until(() -> sleeping("3092") == 1);
        thread.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        await().untilAsserted(() -> assertThat(sleeping("3092")).isZero());
    }

    @Test
    void aTableThatTheUserMayNotReadIsDenied() throws Exception {
        Unseen unseen = unseen(kind.observe(
                parameters("select * from orders"),
                TestStepContext.in(folder, Duration.ofSeconds(30)).withSource(source("reader", Optional.of("env:X")))));

        assertThat(unseen.cause()).isEqualTo(Cause.DENIED);
        assertThat(unseen.why()).contains("permission denied").doesNotContain(Databases.SECRET);
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws Exception {
        Unseen unseen = unseen(kind.observe(
                parameters("select 1"),
                TestStepContext.in(folder, Duration.ofSeconds(30))
                        .withSource(
                                Databases.source("jdbc:postgresql://127.0.0.1:1/shop", "reader", Optional.empty()))));

        assertThat(unseen.cause()).isEqualTo(Cause.UNREACHABLE);
        assertThat(unseen.why()).startsWith("shop_db: ").contains("127.0.0.1:1");
    }

    private Object source(String user, Optional<String> password) {
        return Databases.source("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", user, password);
    }

    private Observation query(String sql, Object... binds) throws InterruptedException {
        return kind.observe(
                parameters(sql, binds),
                TestStepContext.in(folder, Duration.ofSeconds(60)).withSource(source("postgres", Optional.empty())));
    }

    private static SqlQueryParameters parameters(String sql, Object... binds) {
        return new SqlQueryParameters(Optional.empty(), new SqlText(sql, List.of(binds)), 1000);
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long sleeping(String seconds) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where state = 'active' and query = 'select pg_sleep("
                                + seconds + ")'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static SqlQueryResult seen(Observation observation) {
        assertThat(observation).isInstanceOf(Seen.class);
        return (SqlQueryResult) ((Seen) observation).result();
    }

    private static Unseen unseen(Observation observation) {
        assertThat(observation).isInstanceOf(Unseen.class);
        return (Unseen) observation;
    }
}
