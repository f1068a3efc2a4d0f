package dev.whydunit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.StepStatus;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path state;

    @Test
    void eventsComeBackAsTheyWereWritten() {
        List<Event> events = JournalEvents.ofOneInvestigation("web_slowdown", NOON);
        try (JournalStore store = JournalStore.open(state)) {
            try (JournalWriter writer = store.begin("a1")) {
                events.forEach(writer::append);
            }
            StoredEvents stored = store.events("a1");

            assertThat(stored.events()).isEqualTo(events);
            assertThat(stored.intact()).isTrue();
        }
    }

    @Test
    void theListSaysHowEachInvestigationEnded() {
        try (JournalStore store = JournalStore.open(state)) {
            write(store, "a1", JournalEvents.ofOneInvestigation("web_slowdown", NOON));
            write(
                    store,
                    "b1",
                    JournalEvents.ofOneInvestigation("slow_host", NOON.plusSeconds(60))
                            .subList(0, 3));

            assertThat(store.list(10))
                    .satisfiesExactly(
                            newest -> {
                                assertThat(newest.id()).isEqualTo("b1");
                                assertThat(newest.endedAt()).isEmpty();
                                assertThat(newest.status()).isEmpty();
                            },
                            older -> {
                                assertThat(older.runbook()).isEqualTo("web_slowdown");
                                assertThat(older.status()).contains("concluded");
                                assertThat(older.path()).isEqualTo("database.slow_query");
                                assertThat(older.probability()).isEqualTo(0.9859);
                            });
            assertThat(store.list(1)).hasSize(1);
        }
    }

    @Test
    void theBeginningOfAnIdFindsItAndWildcardsAreNotWildcards() {
        try (JournalStore store = JournalStore.open(state)) {
            write(store, "20260102-a", JournalEvents.ofOneInvestigation("r", NOON));
            write(store, "20260102-b", JournalEvents.ofOneInvestigation("r", NOON));

            assertThat(store.matching("20260102-b")).containsExactly("20260102-b");
            assertThat(store.matching("2026")).hasSize(2);
            assertThat(store.matching("%")).isEmpty();
        }
    }

    @Test
    void anEventThatWasChangedAfterwardsIsNoticed() throws Exception {
        writeAndTamper(
                "update event set body = replace(body, 'p95 is 0.9 s', 'p95 is 0.1 s') where body like '%p95 is 0.9 s%'");

        try (JournalStore store = JournalStore.open(state)) {
            StoredEvents stored = store.events("a1");
            assertThat(stored.intact()).isFalse();
            assertThat(stored.brokenAt()).isEqualTo(5);
        }
    }

    @Test
    void anEventThatWasTakenOutIsNoticed() throws Exception {
        writeAndTamper("delete from event where seq = 3");

        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.events("a1").brokenAt()).isEqualTo(3);
        }
    }

    @Test
    void eventsThatAreMissingAtTheEndAreNoticed() throws Exception {
        writeAndTamper("delete from event where seq = (select max(seq) from event)");

        try (JournalStore store = JournalStore.open(state)) {
            StoredEvents stored = store.events("a1");
            assertThat(stored.intact()).isFalse();
            assertThat(stored.brokenAt()).isEqualTo(stored.events().size() + 1);
        }
    }

    @Test
    void eventsThatChangedPlacesAreNoticed() throws Exception {
        writeAndTamper("update event set seq = -4 where seq = 4");
        change("update event set seq = 4 where seq = 3");
        change("update event set seq = 3 where seq = -4");

        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.events("a1").brokenAt()).isEqualTo(3);
        }
    }

    @Test
    void anEventThatWasPutInIsNoticed() throws Exception {
        writeAndTamper("insert into event select investigation, seq + 1, type, at, body, hash from event"
                + " where seq = (select max(seq) from event)");

        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.events("a1").intact()).isFalse();
        }
    }

    @Test
    void thatAllEventsAreGoneIsNoticed() throws Exception {
        writeAndTamper("delete from event where seq = 1");
        change("delete from event");

        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.events("a1").intact()).isFalse();
            assertThat(store.events("a1").events()).isEmpty();
        }
    }

    @Test
    void whatPeopleSayAfterTheEndBelongsToTheChain() throws Exception {
        try (JournalStore store = JournalStore.open(state)) {
            write(store, "a1", JournalEvents.ofOneInvestigation("r", NOON));
            Event note = new Event.Noted(NOON, "ann", "seen it");

            assertThat(store.add(store.find("a1").orElseThrow(), note, UnaryOperator.identity()))
                    .isTrue();

            assertThat(store.events("a1").intact()).isTrue();
            assertThat(store.events("a1").events()).endsWith(note);
            change("delete from event where type = 'noted'");
            assertThat(store.events("a1").intact()).isFalse();
        }
    }

    @Test
    void nothingIsAddedToAnInvestigationThatRuns() {
        try (JournalStore store = JournalStore.open(state)) {
            write(store, "a1", List.of(JournalEvents.started("r", NOON)));

            assertThat(store.add(
                            store.find("a1").orElseThrow(),
                            new Event.Noted(NOON, "ann", "seen it"),
                            UnaryOperator.identity()))
                    .isFalse();
            assertThat(store.events("a1").events()).hasSize(1);
        }
    }

    private void change(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void writeAndTamper(String sql) throws Exception {
        try (JournalStore store = JournalStore.open(state)) {
            write(store, "a1", JournalEvents.ofOneInvestigation("r", NOON));
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.name());
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            }
        }
    }

    @Test
    void whatStepsTookIsRememberedAsTheMedianOfThoseThatEndedWell() {
        try (JournalStore store = JournalStore.open(state)) {
            double[] seconds = {1, 9, 2};
            for (int i = 0; i < seconds.length; i++) {
                write(
                        store,
                        "i" + i,
                        List.of(
                                JournalEvents.started("r", NOON.plusSeconds(i)),
                                JournalEvents.ended("look", StepStatus.ENDED, seconds[i], NOON.plusSeconds(i)),
                                JournalEvents.ended("look", StepStatus.TIMED_OUT, 100, NOON.plusSeconds(i))));
            }

            assertThat(store.medianSeconds("r")).isEqualTo(Map.of("look", 2.0));
            assertThat(store.medianSeconds("another")).isEmpty();
        }
    }

    @Test
    void severalProcessesMayWriteAtOnce() throws Exception {
        int writers = 6;
        List<Event> events = JournalEvents.ofOneInvestigation("r", NOON);
        try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String id = "w" + i;
                // A store of its own has a connection of its own, as another process would.
                all.add(executor.submit(() -> {
                    try (JournalStore store = JournalStore.open(state);
                            JournalWriter writer = store.begin(id)) {
                        for (Event event : events) {
                            writer.append(event);
                            writer.flush();
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.list(100)).hasSize(writers);
            for (int i = 0; i < writers; i++) {
                assertThat(store.events("w" + i).events()).isEqualTo(events);
            }
        }
    }

    @Test
    void aJournalOfALaterVersionIsRefusedAndLeftAlone() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table flyway_schema_history (installed_rank integer, version text, success boolean)");
            statement.execute("insert into flyway_schema_history values (1, '99', true)");
        }

        assertThatThrownBy(() -> JournalStore.open(state))
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining("later version");
    }

    @Test
    void aJournalOfTheFirstVersionIsReadAndGoesOn() throws Exception {
        String schema;
        try (InputStream file = getClass().getResourceAsStream("/dev/whydunit/store/migrations/V1__journal.sql")) {
            schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        Event started = JournalEvents.started("r", NOON);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : schema.split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
            statement.execute(
                    "insert into investigation (id, runbook, environment, started_at) values ('old', 'r', 'default', '"
                            + NOON + "')");
            String body = EventJson.write(started);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into event values ('old', 1, 'started', ?, ?, ?)")) {
                insert.setString(1, NOON.toString());
                insert.setString(2, body);
                insert.setString(3, HashChain.next(HashChain.START, body));
                insert.execute();
            }
            statement.execute("pragma user_version = 1");
        }

        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.events("old").events()).containsExactly(started);
            assertThat(store.events("old").intact()).isTrue();
            write(store, "new", List.of(started));
            assertThat(store.list(10)).hasSize(2);
        }
    }

    @Test
    void theStateDirectoryIsReadableByItsOwnerAlone() throws Exception {
        Path own = state.resolve("new");
        JournalStore.open(own).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
    }

    @Test
    void anEventThatCannotBeKeptStopsTheInvestigation() throws Exception {
        try (JournalStore store = JournalStore.open(state)) {
            JournalWriter writer = store.begin("a1");
            writer.append(JournalEvents.started("r", NOON));
            writer.flush();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.name());
                    Statement statement = connection.createStatement()) {
                statement.execute("drop table event");
            }
            writer.append(new Event.Ended(NOON, "completed"));

            assertThatThrownBy(writer::flush)
                    .isInstanceOf(JournalFailure.class)
                    .hasMessageContaining(store.name().toString());
            assertThatThrownBy(() -> writer.append(new Event.Ended(NOON, "completed")))
                    .isInstanceOf(JournalFailure.class);
        }
    }

    private static void write(JournalStore store, String id, List<Event> events) {
        try (JournalWriter writer = store.begin(id)) {
            events.forEach(writer::append);
        }
    }

    @Test
    void anUnknownIdHasNoEvents() {
        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.events("nothing").events()).isEmpty();
            assertThat(Optional.of(store.list(5))).hasValue(List.of());
        }
    }
}
