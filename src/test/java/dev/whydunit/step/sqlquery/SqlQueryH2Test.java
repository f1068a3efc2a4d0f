package dev.whydunit.step.sqlquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.expression.SqlText;
import dev.whydunit.step.TestStepContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlQueryH2Test {
    private static final String URL = "jdbc:h2:mem:sql_query;MODE=PostgreSQL";

    @TempDir
    Path folder;

    private final SqlQueryKind kind = new SqlQueryKind();
    private Connection owner;

    @BeforeEach
    void fill() throws SQLException {
        owner = DriverManager.getConnection(URL, "sa", "");
        execute("create table orders (id bigint, total numeric(10, 2), paid boolean, note varchar, at timestamp)");
        execute("insert into orders select x, x * 1.5, mod(x, 2) = 0, case when x > 1 then 'it''s' end, "
                + "timestamp '2026-01-02 03:04:05' from system_range(1, 2000)");
    }

    @AfterEach
    void drop() throws SQLException {
        owner.close();
    }

    @Test
    void rowsHaveLowerCaseLabelsAndPlainValuesAndNullIsNoKey() throws Exception {
        SqlQueryResult result =
                seen(query("select id as \"ID\", total, paid, note, at from orders where id <= 2 order by id"));

        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        assertThat(result.rows())
                .containsExactly(
                        Map.of("id", 1L, "total", 1.5, "paid", false, "at", at),
                        Map.of("id", 2L, "total", 3.0, "paid", true, "note", "it's", "at", at));
        assertThat(result.rowCount()).isEqualTo(2);
        assertThat(result.truncated()).isFalse();
    }

    @Test
    void valuesAreBoundAndNeverText() throws Exception {
        String hostile = "x' or '1'='1'; drop table orders; --";

        assertThat(seen(query("select count(*) as n from orders where note = ?", hostile))
                        .rows())
                .containsExactly(Map.of("n", 0L));
        assertThat(seen(query("select ? as back", hostile)).rows()).containsExactly(Map.of("back", hostile));
    }

    @Test
    void noMoreRowsThanTheLimitAreKeptAndItIsSaid() throws Exception {
        Seen seen = (Seen) query("select id from orders");

        assertThat(((SqlQueryResult) seen.result()).rows()).hasSize(1000);
        assertThat(((SqlQueryResult) seen.result()).truncated()).isTrue();
        assertThat(seen.caveats()).singleElement().asString().contains("1000");
    }

    @Test
    void aLongValueIsCut() throws Exception {
        assertThat(seen(query("select repeat('x', 50000) as long_one"))
                        .rows()
                        .getFirst()
                        .get("long_one")
                        .toString())
                .hasSizeLessThan(10_100)
                .endsWith("(cut)");
    }

    @Test
    void twoColumnsOfOneNameAreBothThere() throws Exception {
        assertThat(seen(query("select 1 as a, 2 as a")).rows()).containsExactly(Map.of("a", 1L, "a_2", 2L));
    }

    @Test
    void whatIsNoQueryIsDeniedAndChangesNothing() throws Exception {
        Path canary = folder.resolve("canary");
        for (String statement : List.of(
                "delete from orders",
                "select 1; delete from orders",
                "select * from final table (delete from orders)",
                "select file_write('x', '" + canary + "')",
                "create table t (a int)")) {
            assertThat(unseen(query(statement)).cause()).as(statement).isEqualTo(Cause.DENIED);
        }
        assertThat(seen(query("select count(*) as n from orders")).rows()).containsExactly(Map.of("n", 2000L));
        assertThat(canary).doesNotExist();
    }

    @Test
    void aQueryThatTakesTooLongIsEnded() throws Exception {
        Unseen unseen = unseen(kind.observe(
                parameters("select count(*) from system_range(1, 100000) a, system_range(1, 1000000) b"),
                TestStepContext.in(folder, Duration.ofMillis(400))
                        .withSource(Databases.source(URL, "sa", Optional.empty()))));

        assertThat(unseen.cause()).isEqualTo(Cause.TIMED_OUT);
        await().untilAsserted(() -> assertThat(otherSessions()).isZero());
    }

    @Test
    void anInterruptEndsTheQueryInTheDatabase() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                query("select count(*) from system_range(1, 100000) a, system_range(1, 1000000) b");
                thrown.complete(new AssertionError("it ended by itself"));
            } catch (Exception e) {
                thrown.complete(e);
            }
        });
        await().until(() -> running() == 1);
        thread.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        await().untilAsserted(() -> assertThat(otherSessions()).isZero());
    }

    @Test
    void aDatabaseFileIsNeitherMadeNorWritten() throws Exception {
        Path file = folder.resolve("none");
        Unseen unseen = unseen(kind.observe(
                parameters("select 1"),
                TestStepContext.in(folder, Duration.ofSeconds(20))
                        .withSource(Databases.source("jdbc:h2:file:" + file, "sa", Optional.empty()))));

        assertThat(unseen.why()).startsWith("shop_db: ").contains("not found");
        try (var made = Files.list(folder)) {
            assertThat(made).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() throws Exception {
        Unseen unseen = unseen(kind.observe(
                parameters("select 1"),
                TestStepContext.in(folder, Duration.ofSeconds(20))
                        .withSource(Databases.source(URL, "sa", Optional.of("env:X")))));

        assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
        assertThat(unseen.why()).contains("user name or password").doesNotContain(Databases.SECRET);
    }

    @Test
    void aMistakeInTheStatementIsSaidInOneLine() throws Exception {
        assertThat(unseen(query("select nothing from orders")).why())
                .startsWith("shop_db: ")
                .doesNotContain("\n");
    }

    @Test
    void theRenderedStatementHasItsValuesAsLiterals() {
        assertThat(kind.rendered(parameters("select '?' as q, x from t where a = ? and b > ?", "it's", 3L)))
                .isEqualTo("select '?' as q, x from t where a = 'it''s' and b > 3");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private long otherSessions() throws SQLException {
        return number("select count(*) from information_schema.sessions where session_id <> session_id()");
    }

    private long running() throws SQLException {
        return number("select count(*) from information_schema.sessions where session_id <> session_id()"
                + " and executing_statement like '%system_range%'");
    }

    private Observation query(String sql, Object... binds) throws InterruptedException {
        return kind.observe(
                parameters(sql, binds),
                TestStepContext.in(folder, Duration.ofSeconds(60))
                        .withSource(Databases.source(URL, "sa", Optional.empty())));
    }

    private static SqlQueryParameters parameters(String sql, Object... binds) {
        return new SqlQueryParameters(Optional.empty(), new SqlText(sql, List.of(binds)), 1000);
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
