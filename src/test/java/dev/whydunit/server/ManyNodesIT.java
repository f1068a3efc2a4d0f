package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Several real processes on one real PostgreSQL: what is asked for is done, once, whatever happens to one of them. The nodes are kept from
 * test to test, since starting three takes longer than most tests: first come those that need three and end none. Each test looks at its own
 * investigations alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManyNodesIT {
    private static final int INVESTIGATIONS = Integer.getInteger("whydunit.investigations", 300);
    private static final int OUTAGE_SECONDS = Integer.getInteger("whydunit.outage", 6);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(20);
    private static final String NOTED =
            "script: 'echo \"$N\" >> \"$FILE\"', env: {N: '${{ inputs.n }}', FILE: '${{ inputs.file }}'}";
    private static final String HEAD = """
            runbook: %s
            title: A test
            symptom: ${{ inputs.n }} is odd
            inputs:
              n: {type: string}
              file: {type: string}
            hypotheses:
              anything: {claim: Anything, remedy: Look.}
            steps:
            """;
    private static final String SHORT = HEAD.formatted("short")
            + "  note: {host_command: {" + NOTED
            + "}, findings: {noted: {when: 'exit_code == 0', supports: {anything: conclusive}}}}\n";
    private static final String LONG = HEAD.formatted("long") + """
              wait: {host_command: {run: [sleep, '${{ inputs.seconds }}']}, timeout: 60s, findings: {waited: {when: 'exit_code == 0', supports: {anything: moderate}}}}
              note:
                needs: [wait]
                always: true
                host_command: {%s}
                findings: {noted: {when: 'exit_code == 0', supports: {anything: strong}}}
            """.formatted(NOTED);
    private static final String ODD = """
            runbook: odd
            title: A service is odd
            symptom: ${{ inputs.service }} is odd
            triggers:
              - matchers: ['alertname="Odd"']
            inputs:
              service: {type: string, from: alert.labels.service}
            hypotheses:
              deep: {claim: It is this service, remedy: Look.}
              shallow: {claim: It is another, remedy: Look.}
            steps:
              look:
                host_command: {run: [echo, '${{ inputs.service }}']}
                findings: {said: {when: 'stdout.contains("0")', supports: {deep: conclusive}, refutes: {shallow: strong}}}
            """;

    private static final String NARROW = """
            runbook: narrow
            title: A source that few may use at once
            symptom: It is slow
            inputs:
              n: {type: string}
              file: {type: string}
            hypotheses:
              anything: {claim: Anything, remedy: Look.}
            steps:
              ask: {sql_query: {source: narrow, query: 'select 1 as one, pg_sleep(0.5)'}, timeout: %s, findings: {answered: {when: 'size(rows) == 1', supports: {anything: conclusive}}}}
            """;

    private static final String ALONE = "alone-";
    private static final String TOGETHER = "together-";
    private static final String FAKETIME = "faketime/libfaketimeMT.so.1";

    private Path folder;
    private EmbeddedPostgres postgres;
    private Path postgresFolder;
    private final List<ServerProcess> nodes = new ArrayList<>();
    private int started;
    /** What one node made of the alerts of its world; empty before there was one alone. */
    private Map<String, List<String>> alone = Map.of();

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/short.yaml"), SHORT);
        Files.writeString(
                folder.resolve("books/long.yaml"),
                LONG.replace("  file: {type: string}\n", "  file: {type: string}\n  seconds: {type: string}\n"));
        Files.writeString(folder.resolve("books/odd.yaml"), ODD);
        Files.writeString(folder.resolve("books/narrow.yaml"), NARROW.formatted("60s"));
        Files.writeString(
                folder.resolve("books/hurried.yaml"),
                NARROW.formatted("1s").replace("runbook: narrow", "runbook: hurried"));
        postgresFolder = Files.createDirectories(folder.resolve("postgres"));
        postgres = postgres(0);
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(postgresFolder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    @AfterAll
    void stop() throws Exception {
        for (ServerProcess node : nodes) {
            node.kill();
        }
        postgres.close();
    }

    private Path configuration(String database) throws IOException {
        // The same services twice: what one node decided of the first is compared with what three decide of the second.
        String services = Stream.of(ALONE, TOGETHER)
                .flatMap(world -> IntStream.range(0, 12)
                        .mapToObj(i -> "  %ss%d: {tier: %d, depends_on: [%s]}\n"
                                .formatted(world, i, 1 + i % 3, i % 4 == 0 ? "" : world + "s" + (i - 1))))
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve(database + ".yaml"), """
                receivers:
                  open: {kind: generic, auth: none, per_minute: 6000000}
                  am: {kind: alertmanager, auth: none}
                runbooks: [books]
                schedules:
                  yearly: {runbook: short, cron: '0 3 1 1 *', zone: Europe/Berlin, inputs: {n: yearly, file: '%1$s/yearly'}}
                sources:
                  narrow: {kind: jdbc, url: 'jdbc:postgresql://127.0.0.1:%4$d/postgres', user: postgres, password: 'env:DB_PASSWORD', max_at_once: 2}
                database: {url: '%2$s', user: postgres, password: 'env:DB_PASSWORD'}
                services:
                %3$s""".formatted(
                        folder, postgres.getJdbcUrl("postgres", database), services, postgres.getPort()));
    }

    /** Sees to it that so many nodes run. */
    private void nodes(int count) throws Exception {
        nodes.addAll(started(Collections.nCopies(Math.max(0, count - nodes.size()), Map.of())));
    }

    /** Starts nodes at once, each with its environment. */
    private List<ServerProcess> started(List<Map<String, String>> environments) throws Exception {
        List<ServerProcess> ready = new ArrayList<>();
        try (ExecutorService starting = Executors.newCachedThreadPool()) {
            List<Future<ServerProcess>> futures = new ArrayList<>();
            Path configuration = configuration("postgres");
            for (Map<String, String> environment : environments) {
                Path state = folder.resolve("state-" + started++);
                futures.add(starting.submit(() -> new ServerProcess(configuration, state, environment)));
            }
            for (Future<ServerProcess> future : futures) {
                ready.add(future.get());
            }
        }
        return ready;
    }

    private <T> List<T> sql(Row<T> row, String sql, Object... values) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        }
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private long count(String sql, Object... values) throws SQLException {
        return sql(row -> row.getLong(1), sql, values).getFirst();
    }

    /** Asks the nodes in turn for investigations; gives their ids. */
    private List<String> ask(String runbook, int count, Path file, Map<String, String> more) throws Exception {
        List<String> ids = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerProcess node = nodes.get(i % nodes.size());
                StringBuilder inputs = new StringBuilder("\"n\": \"" + i + "\", \"file\": \"" + file + "\"");
                more.forEach((name, value) -> inputs.append(", \"")
                        .append(name)
                        .append("\": \"")
                        .append(value)
                        .append('"'));
                String body = "{\"runbook\": \"" + runbook + "\", \"inputs\": {" + inputs + "}}";
                asked.add(senders.submit(() -> {
                    HttpResponse<String> answer = node.exchange("POST", "/api/investigations", body);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                    ids.add(answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1"));
                    return null;
                }));
            }
            for (Future<?> one : asked) {
                one.get();
            }
        }
        assertThat(ids).hasSize(count).doesNotHaveDuplicates();
        return ids;
    }

    private void awaitEnd(List<String> ids, Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> count("select count(*) from investigation where state = 'ended' and id = any(?)", (Object)
                                ids.toArray(new String[0]))
                        == ids.size());
    }

    /** Each number was noted once, and each journal holds one end and one of each step. */
    private void onceEach(List<String> ids, Path file) throws Exception {
        assertThat(Files.readAllLines(file)).doesNotHaveDuplicates().hasSize(ids.size());
        Object all = ids.toArray(new String[0]);
        assertThat(sql(
                        row -> row.getString(1),
                        "select investigation from event where type in ('ended', 'judged', 'started') and investigation = any(?)"
                                + " group by investigation, type having count(*) <> 1",
                        all))
                .isEmpty();
        assertThat(sql(
                        row -> row.getString(1),
                        "select investigation from event where type = 'step_ended' and investigation = any(?)"
                                + " group by investigation, body::json ->> 'step' having count(*) <> 1",
                        all))
                .isEmpty();
        // What was done leaves the queue a moment after its end.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> count("select count(*) from scheduled_tasks where task_instance = any(?)", all) == 0);
        for (String id : ids.subList(0, Math.min(5, ids.size()))) {
            assertThat(nodes.getFirst()
                            .get("/api/investigations/" + id + "/chain")
                            .path("intact")
                            .asBoolean())
                    .isTrue();
        }
    }

    private List<String> heldBy(ServerProcess node) throws SQLException {
        return sql(
                row -> row.getString(1),
                "select task_instance from scheduled_tasks where picked and picked_by like ?",
                "%-" + node.pid() + "-%");
    }

    @Test
    @Order(1)
    void shortInvestigationsOnOneTwoAndThreeNodesAreDoneOnceEach() throws Exception {
        for (int count = 1; count <= 3; count++) {
            nodes(count);
            decideAlone();
            int size = count == 3 ? INVESTIGATIONS : Math.max(50, INVESTIGATIONS / 4);
            Path file = Files.createFile(folder.resolve("short-" + count));
            Instant begun = Instant.now();
            List<String> ids = ask("short", size, file, Map.of());
            awaitEnd(ids, Duration.ofSeconds(60 + size / 5));
            double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
            onceEach(ids, file);
            assertThat(count("select count(*) from investigation where attempt <> 1 and id = any(?)", (Object)
                            ids.toArray(new String[0])))
                    .isZero();
            System.out.printf(
                    Locale.ROOT,
                    "ManyNodesIT: %d nodes: %d investigations of one command in %.1f s, %.1f a second%n",
                    count,
                    size,
                    seconds,
                    size / seconds);
        }
    }

    @Test
    @Order(5)
    void whatAKilledNodeHeldIsTakenOverAndANodeThatWasStoppedAndWokenDoesNothingTwice() throws Exception {
        nodes(3);
        Path file = Files.createFile(folder.resolve("killed"));
        List<String> ids = ask("long", 36, file, Map.of("seconds", "8"));
        ServerProcess victim = nodes.getLast();
        ServerProcess sleeper = nodes.get(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !heldBy(victim).isEmpty() && !heldBy(sleeper).isEmpty());
        // Each has begun to wait: its step is what the late events are about.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> count(
                                "select count(*) from event where type = 'step_started' and investigation = any(?)",
                                (Object) ids.toArray(new String[0]))
                        == ids.size());
        victim.signal("STOP");
        sleeper.signal("STOP");
        List<String> held = heldBy(victim);
        List<String> slept = heldBy(sleeper);
        String told = held.getFirst();
        // The node that runs it cannot hear it any more: whoever takes over does.
        HttpResponse<String> note = act(nodes.getFirst(), told, "notes", "{\"text\": \"is anybody there\"}");
        HttpResponse<String> stop = act(nodes.getFirst(), told, "stop", "{}");
        assertThat(List.of(note.statusCode(), stop.statusCode())).containsExactly(202, 202);
        Instant killed = Instant.now();
        victim.kill();
        nodes.remove(victim);
        try {
            awaitEnd(ids, Duration.ofSeconds(60));
        } finally {
            sleeper.signal("CONT");
        }
        List<Long> after = takenOverAfter(held, killed);
        System.out.printf("ManyNodesIT: kill -9: %d taken over after %s ms%n", after.size(), after);
        assertThat(after).hasSize(held.size()).allMatch(millis -> millis <= TAKEN_OVER.toMillis());
        assertThat(slept).isNotEmpty();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count(
                                "select count(distinct investigation) from late_event where investigation = any(?)",
                                (Object) slept.toArray(new String[0]))
                        == slept.size());
        assertThat(said(told)).containsExactly("is anybody there");
        assertThat(ending(told)).isEqualTo("interrupted");
        List<String> others = ids.stream().filter(id -> !id.equals(told)).toList();
        onceEach(others, file);
        JsonNode late = nodes.getFirst().get("/api/investigations/" + slept.getFirst() + "/late");
        assertThat(late.get(0).path("says").asString()).startsWith("late, ignored: ");
        assertThat(late.get(0).path("attempt").asInt()).isEqualTo(1);
        // A gap of half a minute is worth a remark, and no reason to be down.
        assertThat(sleeper.get("/actuator/health").path("status").asString()).isIn("UP", "DEGRADED");
    }

    private static HttpResponse<String> act(ServerProcess node, String id, String act, String body) throws Exception {
        return node.exchange("POST", "/api/investigations/" + id + "/" + act, body);
    }

    private List<String> said(String id) throws SQLException {
        return sql(
                row -> row.getString(1),
                "select body::json ->> 'text' from event where investigation = ? and type = 'noted' order by seq",
                id);
    }

    private String ending(String id) throws SQLException {
        return sql(
                        row -> row.getString(1),
                        "select body::json ->> 'ending' from event where investigation = ? and type = 'ended'",
                        id)
                .getFirst();
    }

    /** The milliseconds after which each of them was first gone on with. */
    private List<Long> takenOverAfter(List<String> held, Instant since) throws Exception {
        return sql(
                        row -> row.getString(1),
                        "select min(at) from event where type = 'resumed' and investigation = any(?) group by investigation",
                        (Object) held.toArray(new String[0]))
                .stream()
                .map(at -> Duration.between(since, Instant.parse(at)).toMillis())
                .sorted()
                .toList();
    }

    /** Every number was noted; every journal holds one end. Steps that were cut off are looked at again. */
    private void onceEachBut(List<String> ids, Path file) throws Exception {
        assertThat(new TreeSet<>(Files.readAllLines(file))).hasSize(ids.size());
        assertThat(count("select count(*) from event where type = 'ended' and investigation = any(?)", (Object)
                        ids.toArray(new String[0])))
                .isEqualTo(ids.size());
    }

    @Test
    @Order(6)
    void anyNodeTakesWhatPeopleWantOfAnInvestigationThatAnotherRuns() throws Exception {
        nodes(2);
        Path file = Files.createFile(folder.resolve("told"));
        List<String> ids = ask("long", 1, file, Map.of("seconds", "30"));
        String id = ids.getFirst();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        count("select count(*) from event where type = 'step_started' and investigation = ?", id) == 1);
        ServerProcess elsewhere = nodes.stream()
                .filter(node -> !heldByUnchecked(node).contains(id))
                .findFirst()
                .orElseThrow();
        List<String> notes = IntStream.range(0, 5).mapToObj(i -> "note " + i).toList();
        for (String note : notes) {
            HttpResponse<String> answer = act(elsewhere, id, "notes", "{\"text\": \"" + note + "\"}");
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        }
        HttpResponse<String> out =
                act(elsewhere, id, "rule-out", "{\"hypothesis\": \"anything\", \"because\": \"it is not\"}");
        assertThat(out.statusCode()).as(out.body()).isIn(200, 202);
        // A sender that got no answer asks again, of whichever node.
        for (ServerProcess node : List.of(elsewhere, nodes.getFirst(), nodes.getLast())) {
            HttpResponse<String> again = node.exchange(
                    "POST",
                    "/api/investigations/" + id + "/notes",
                    "{\"text\": \"once\"}",
                    Map.of("Idempotency-Key", "k1"));
            assertThat(again.body()).contains("\"number\":7,");
        }
        assertThat(act(elsewhere, id, "redo", "{\"steps\": [\"wait\"]}").body())
                .contains("has not ended; look again once it has");
        assertThat(act(elsewhere, id, "stop", "{}").statusCode()).isIn(200, 202);
        awaitEnd(ids, Duration.ofSeconds(20));
        assertThat(ending(id)).isEqualTo("interrupted");
        List<String> all = new ArrayList<>(notes);
        all.add("once");
        assertThat(said(id)).isEqualTo(all);
        assertThat(sql(
                        row -> row.getString(1),
                        "select body::json ->> 'by' from event where investigation = ? and type = 'ruled_out'",
                        id))
                .containsExactly("WHYDUNIT_ADMIN_TOKEN");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> count("select count(*) from act where done_at is null and investigation = ?", id) == 0);
        assertThat(count("select count(*) from act where refused is not null")).isZero();
        // Now that it has ended, whoever is asked does it at once.
        assertThat(act(elsewhere, id, "confirm", "{\"hypothesis\": \"anything\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(count("select count(*) from audit where about = ? and what like 'POST %'", id))
                .isEqualTo(11);
    }

    @Test
    @Order(9)
    void nodesWhoseClocksAreTenMinutesOffAgreeWithTheOthers() throws Exception {
        nodes(1);
        Path library = faketime();
        List<ServerProcess> others = started(Stream.of("+10m", "-10m")
                .map(offset -> Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME",
                        offset,
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // Without this every timed wait of a JVM returns at once.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"))
                .toList());
        nodes.addAll(others);
        try {
            Path file = Files.createFile(folder.resolve("clocks"));
            Instant begun = Instant.now();
            List<String> ids = ask("long", 24, file, Map.of("seconds", "4"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> others.stream()
                            .allMatch(node -> !heldByUnchecked(node).isEmpty()));
            awaitEnd(ids, Duration.ofSeconds(60));
            onceEach(ids, file);
            assertThat(count("select count(*) from investigation where attempt <> 1 and id = any(?)", (Object)
                            ids.toArray(new String[0])))
                    .isZero();
            assertThat(sql(
                            row -> Instant.parse(row.getString(1)),
                            "select at from event where investigation = any(?)",
                            (Object) ids.toArray(new String[0])))
                    .allMatch(at -> at.isAfter(begun.minusSeconds(2))
                            && at.isBefore(Instant.now().plusSeconds(2)));
            for (ServerProcess node : others) {
                int answer = node.post(
                        "/webhooks/open",
                        "{\"id\": \"clock-%d\", \"title\": \"Odd\", \"service\": \"c%d\"}"
                                .formatted(node.pid(), node.pid()));
                assertThat(answer).isEqualTo(202);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> count(
                                        "select count(*) from investigation where state = 'ended' and request like ?",
                                        "%\"c" + node.pid() + "\"%")
                                == 1);
            }
            // The one that is ahead dies: the others do not wait ten minutes.
            Path second = Files.createFile(folder.resolve("clocks-killed"));
            List<String> more = ask("long", 24, second, Map.of("seconds", "5"));
            ServerProcess ahead = others.getFirst();
            await().atMost(Duration.ofSeconds(20)).until(() -> !heldBy(ahead).isEmpty());
            ahead.kill();
            nodes.remove(ahead);
            awaitEnd(more, Duration.ofSeconds(60));
            onceEachBut(more, second);
        } finally {
            for (ServerProcess other : others) {
                other.kill();
                nodes.remove(other);
            }
        }
    }

    /** The library that shows a process another time; it stands in a folder of the machine's architecture. */
    private static Path faketime() throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of("/usr/lib"), path -> Files.exists(path.resolve(FAKETIME)))) {
            for (Path architecture : found) {
                return architecture.resolve(FAKETIME);
            }
        }
        throw new IOException("this test needs libfaketime: apt-get install faketime");
    }

    private List<String> heldByUnchecked(ServerProcess node) {
        try {
            return heldBy(node);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(8)
    void aNodeThatIsToldToEndLeavesItsWorkToTheOthersAtOnce() throws Exception {
        nodes(2);
        Path file = Files.createFile(folder.resolve("left"));
        List<String> ids = ask("long", 12, file, Map.of("seconds", "5"));
        ServerProcess leaver = nodes.getLast();
        await().atMost(Duration.ofSeconds(20)).until(() -> heldBy(leaver).size() >= 2);
        List<String> held = heldBy(leaver);
        Instant left = Instant.now();
        leaver.close();
        nodes.remove(leaver);
        awaitEnd(ids, Duration.ofSeconds(60));
        onceEachBut(ids, file);
        List<Long> after = takenOverAfter(held, left);
        System.out.printf("ManyNodesIT: SIGTERM: %d taken over after %s ms%n", after.size(), after);
        assertThat(after).isNotEmpty().allMatch(millis -> millis <= 8_000);
        assertThat(sql(
                        row -> row.getString(1),
                        "select distinct body::json ->> 'ending' from event where type = 'ended' and investigation = any(?)",
                        (Object) ids.toArray(new String[0])))
                .containsExactly("completed");
    }

    @Test
    @Order(2)
    void asManyStepsUseASourceAtOnceAsMayOverAllNodes() throws Exception {
        nodes(3);
        List<String> ids = ask("narrow", 15, folder, Map.of());
        AtomicLong most = new AtomicLong();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(40))
                .until(() -> {
                    most.accumulateAndGet(
                            count(
                                    "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep%'"
                                            + " and pid <> pg_backend_pid()"),
                            Math::max);
                    return count("select count(*) from investigation where state = 'ended' and id = any(?)", (Object)
                                    ids.toArray(new String[0]))
                            == ids.size();
                });
        assertThat(sql(
                        row -> row.getString(1) + " " + row.getString(2),
                        "select body::json ->> 'status', body::json ->> 'error' from event"
                                + " where type = 'step_ended' and investigation = any(?)",
                        (Object) ids.toArray(new String[0])))
                .hasSize(15)
                .containsOnly("ENDED null");
        assertThat(most).hasValue(2);
        assertThat(count("select count(*) from source_permit")).isZero();

        List<String> hurried = ask("hurried", 12, folder, Map.of());
        awaitEnd(hurried, Duration.ofSeconds(30));
        List<String> why = sql(
                row -> row.getString(1),
                "select body::json ->> 'error' from event where type = 'step_ended' and investigation = any(?)"
                        + " and body::json ->> 'status' <> 'ENDED'",
                (Object) hurried.toArray(new String[0]));
        assertThat(why)
                .isNotEmpty()
                .anyMatch(text -> text.contains("source narrow was in use by as many steps as may use it at once (2)"));
    }

    @Test
    @Order(3)
    void aScheduleIsHeededOnceByAllNodesTogether() throws Exception {
        nodes(3);
        JsonNode schedule = nodes.getFirst().get("/api/schedules").get(0);
        assertThat(schedule.path("name").asString()).isEqualTo("yearly");
        assertThat(schedule.path("next").asString()).endsWith("-01-01T02:00:00Z");
        assertThat(schedule.path("last").isNull()).isTrue();
        // As after hours in which no node ran.
        Runnable missed = () -> due("now() - interval '3 hours'");
        missed.run();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> count("select count(*) from scheduled_tasks where task_name = 'schedule:yearly'"
                                + " and not picked and execution_time > now()")
                        == 1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> scheduled().size() == 1 && scheduled().getFirst().equals("ended"));
        assertThat(nodes.getLast()
                        .get("/api/schedules")
                        .get(0)
                        .path("lastInvestigation")
                        .asString())
                .isNotEmpty();
        // A node that died after it had asked for the investigation: the same time is due again, and not heeded again.
        due("to_timestamp((select due from schedule_run where name = 'yearly') / 1000.0)");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> count("select count(*) from scheduled_tasks where task_name = 'schedule:yearly'"
                                + " and not picked and execution_time > now()")
                        == 1);
        assertThat(scheduled()).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("yearly"))).containsExactly("yearly");
    }

    private void due(String when) {
        try (Connection connection =
                DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")) {
            connection
                    .createStatement()
                    .executeUpdate("update scheduled_tasks set execution_time = " + when
                            + " where task_name = 'schedule:yearly'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> scheduled() throws SQLException {
        return sql(row -> row.getString(1), "select state from investigation where request like '%\"schedule\"%'");
    }

    @Test
    @Order(7)
    void theDatabaseIsGoneForAWhile() throws Exception {
        nodes(2);
        Path file = Files.createFile(folder.resolve("gone"));
        List<String> ids = ask("long", 12, file, Map.of("seconds", "3"));
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            accepted.add(alert(nodes.get(i % 2), "before-" + i));
        }
        int port = postgres.getPort();
        postgres.close();
        Instant gone = Instant.now();
        List<HttpResponse<String>> refused = new ArrayList<>();
        List<Integer> ready = new ArrayList<>();
        try {
            for (int i = 0; Duration.between(gone, Instant.now()).toSeconds() < OUTAGE_SECONDS; i++) {
                HttpResponse<String> answer = nodes.get(i % 2)
                        .exchange(
                                "POST",
                                "/webhooks/open",
                                "{\"id\": \"gone-%d\", \"title\": \"Odd\", \"service\": \"g%d\"}".formatted(i, i % 3));
                refused.add(answer);
                ready.add(nodes.get(i % 2).ready());
            }
        } finally {
            postgres = postgres(port);
        }
        assertThat(refused)
                .isNotEmpty()
                .allMatch(answer -> answer.statusCode() == 503)
                .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
        assertThat(ready.getLast()).isEqualTo(503);
        Instant back = Instant.now();
        for (ServerProcess node : nodes) {
            await().atMost(Duration.ofSeconds(30)).until(() -> node.ready() == 200);
        }
        System.out.printf(
                "ManyNodesIT: database gone for %d s: %d deliveries answered 503; ready again after %d ms%n",
                OUTAGE_SECONDS,
                refused.size(),
                Duration.between(back, Instant.now()).toMillis());
        awaitEnd(ids, Duration.ofSeconds(60));
        onceEachBut(ids, file);
        accepted.add(alert(nodes.getFirst(), "after"));
        assertThat(sql(row -> row.getString(1), "select split_part(event, '|', 1) from alert where receiver = 'open'"))
                .containsAll(accepted)
                .doesNotHaveDuplicates();
    }

    /** Sends an alert that must be accepted; gives its id. */
    private static String alert(ServerProcess node, String id) throws Exception {
        HttpResponse<String> answer = node.exchange(
                "POST",
                "/webhooks/open",
                "{\"id\": \"%s\", \"title\": \"Other\", \"service\": \"%s\", \"starts_at\": \"2026-01-01T00:00:00Z\"}"
                        .formatted(id, id));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return id;
    }

    @Test
    @Order(4)
    void threeNodesDecideAsOneDoes() throws Exception {
        decideAlone();
        nodes(3);
        Map<String, List<String>> together = outcome(TOGETHER);
        assertThat(alone).hasSizeGreaterThan(2);
        assertThat(alone.values().stream().mapToInt(List::size).sum())
                .as("investigations, some of them of incidents that grew")
                .isGreaterThan(alone.size());
        assertThat(together).isEqualTo(alone);
    }

    /** Has one node decide, while there is no other. */
    private void decideAlone() throws Exception {
        if (alone.isEmpty()) {
            nodes(1);
            assertThat(nodes).hasSize(1);
            alone = outcome(ALONE);
        }
    }

    /**
     * What alerts become that are sent to the nodes in turn, some of each cause and then the rest when all that follows is done: what is known when something is
     * decided is then the same however fast a node is. Each incident, with the runbook, the service and the verdict of all of its investigations.
     */
    private Map<String, List<String>> outcome(String world) throws Exception {
        // s0 to s3, s4 to s7 and s8 to s11 are chains, each of which needs the one before it; x is of nobody.
        List<List<List<String>>> rounds = List.of(
                List.of(List.of("s3", "s2"), List.of("s7"), List.of("x0"), List.of("s11", "s9")),
                List.of(List.of("s1", "s0"), List.of("s5", "s4", "s6"), List.of("x0", "s2")));
        int sent = 0;
        for (List<List<String>> round : rounds) {
            for (List<String> services : round) {
                ServerProcess node = nodes.get(sent % nodes.size());
                String body = delivery(world, ++sent, services);
                // A busy machine may answer 503: what a sender then sends again is there once.
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> node.exchange("POST", "/webhooks/am", body).statusCode() == 202);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            count("select count(*) from scheduled_tasks where task_name in ('triage', 'investigate')")
                                            == 0
                                    && count("select count(*) from investigation where state <> 'ended'") == 0);
        }
        Map<String, List<String>> outcome = new TreeMap<>();
        for (JsonNode incident : nodes.getFirst().get("/api/incidents?limit=1000")) {
            String origin = incident.path("origin").asString();
            if (!origin.startsWith(world)) {
                continue;
            }
            JsonNode whole =
                    nodes.getFirst().get("/api/incidents/" + incident.path("id").asString());
            List<String> investigated = new ArrayList<>();
            for (JsonNode investigation : whole.path("investigations")) {
                JsonNode summary = nodes.getFirst()
                        .get("/api/investigations/" + investigation.path("id").asString());
                investigated.add((summary.path("runbook").asString() + " of "
                                + summary.path("inputs").path("service").asString() + ": " + summary.path("verdict"))
                        .replace(world, ""));
            }
            Collections.sort(investigated);
            String what = incident.path("title").asString() + " origin " + origin + " "
                    + incident.path("severity").asString() + " " + incident.path("services") + " "
                    + incident.path("alerts");
            outcome.put(what.replace(world, ""), List.copyOf(investigated));
        }
        return outcome;
    }

    /** A delivery of Alertmanager, of a group of its own. */
    private static String delivery(String world, int number, List<String> services) {
        String alerts = services.stream()
                .map(service -> """
                        {"status": "firing", "labels": {"alertname": "Odd", "service": "%1$s%2$s", "severity": "%4$s"}, "annotations": {},
                         "startsAt": "2026-01-01T00:00:0%3$dZ", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "%1$s%2$s%3$d"}""".formatted(world, service, number, number % 2 == 0 ? "critical" : "warning"))
                .collect(Collectors.joining(", "));
        return """
                {"version": "4", "groupKey": "%s%d", "status": "firing", "receiver": "am", "groupLabels": {}, "commonLabels": {},
                 "commonAnnotations": {}, "externalURL": "http://127.0.0.1", "alerts": [%s]}""".formatted(world, number, alerts);
    }
}
