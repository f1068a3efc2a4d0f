package dev.whydunit.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.config.RetentionSettings;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalEvents;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

    @TempDir
    Path state;

    private Database database;
    private JournalStore journal;
    private FileArtifacts artifacts;

    @BeforeEach
    void open() throws SQLException {
        database = Database.embedded(state.resolve("journal.db"));
        journal = new JournalStore(database);
        artifacts = new FileArtifacts(state.resolve("artifacts"), 1 << 20);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private RecordRetention records(RetentionSettings rules) {
        return new RecordRetention(database, rules, "test");
    }

    private RecordRetention records() {
        return records(RetentionSettings.DEFAULT);
    }

    private FileRetention files(RetentionSettings rules) {
        return new FileRetention(database, artifacts, rules, records(rules));
    }

    private static RetentionSettings sizes(String journal, String artifacts) {
        RetentionSettings usual = RetentionSettings.DEFAULT;
        return new RetentionSettings(
                usual.investigations(), usual.incidents(), usual.alerts(), usual.audit(), journal, artifacts);
    }

    private void investigated(String id, int daysAgo) {
        keep(id, JournalEvents.ofOneInvestigation("web_slowdown", NOW.minus(Duration.ofDays(daysAgo))));
    }

    private void keep(String id, List<Event> events) {
        try (JournalWriter writer = journal.begin(id)) {
            events.forEach(writer::append);
        }
    }

    private List<String> listed() {
        return journal.list(100).stream().map(StoredInvestigation::id).toList();
    }

    private void sql(String sql, Object... values) {
        database.commits()
                .submit(connection -> Statements.update(connection, sql, values))
                .join();
    }

    private int count(String table) throws SQLException {
        return database.read(connection ->
                        Statements.select(connection, row -> row.getInt(1), "select count(*) from " + table))
                .getFirst();
    }

    private void incident(int number, String status, int daysAgo) {
        Instant last = NOW.minus(Duration.ofDays(daysAgo));
        sql(
                "insert into incident (id, number, status, title, severity, origin, services, hosts, group_keys, alerts,"
                        + " opened_at, last_alert_at) values (?, ?, ?, 't', 'high', '', '[]', '[]', '[]', 1, ?, ?)",
                "inc-" + number,
                number,
                status,
                last,
                last);
        sql(
                "insert into incident_event (incident, seq, at, type, body) values (?, 1, ?, 'opened', 'b')",
                "inc-" + number,
                last);
        alert("a" + number, "inc-" + number, daysAgo);
    }

    private void alert(String id, String incident, int daysAgo) {
        sql(
                "insert into alert (id, receiver, event, fingerprint, status, labels, annotations, starts_at, url, group_key,"
                        + " received_at, incident) values (?, 'r', ?, 'f', 'firing', '{}', '{}', ?, '', '', ?, ?)",
                id,
                id,
                NOW,
                NOW.minus(Duration.ofDays(daysAgo)),
                incident);
    }

    @Test
    void anInvestigationThatIsTooOldIsPrunedAndSaidToBe() throws Exception {
        investigated("old", 91);
        investigated("young", 89);
        Removal would = records().look(NOW);
        Removal removed = records().remove(NOW);

        assertThat(removed).isEqualTo(would).isEqualTo(new Removal(1, 0, 0, 0, 0, 0, 0));
        assertThat(listed()).containsExactly("young");
        assertThat(journal.events("old").events()).isEmpty();
        assertThat(journal.events("young").intact()).isTrue();
        assertThat(journal.pruned("young")).isEmpty();
        assertThat(journal.pruned("never")).isEmpty();
        assertThat(journal.pruned("old").orElseThrow().words())
                .isEqualTo(
                        "investigation old was pruned on 2026-06-30T12:00:00Z, as retention: says; all that is left:"
                                + " runbook web_slowdown, began 2026-03-31T12:00:00Z, verdict concluded, database.slow_query 98.6 %");
        assertThat(records().remove(NOW)).isEqualTo(Removal.NOTHING);
    }

    @Test
    void whatWasRemovedIsInTheAuditLog() throws Exception {
        investigated("old", 91);
        records().remove(NOW);
        List<String> lines = database.read(connection -> Statements.select(
                connection,
                row -> row.getString(1) + " " + row.getString(2) + ": " + row.getString(3),
                "select who, what, about from audit"));
        assertThat(lines).containsExactly("test pruned: 1 investigations, ended more than 90d ago: old");
    }

    @Test
    void whatRunsOrWaitsIsNeverRemovedHoweverOldItIs() throws Exception {
        for (String runs : List.of("queued", "running")) {
            keep(
                    runs,
                    JournalEvents.ofOneInvestigation("web_slowdown", NOW.minus(Duration.ofDays(500)))
                            .subList(0, 3));
            sql("update investigation set state = ?, request = '{}' where id = ?", runs, runs);
        }
        keep(
                "died",
                JournalEvents.ofOneInvestigation("web_slowdown", NOW.minus(Duration.ofDays(500)))
                        .subList(0, 3));
        assertThat(records(sizes("0B", "0B")).remove(NOW).investigations()).isEqualTo(1);
        assertThat(listed()).containsExactlyInAnyOrder("queued", "running");
        assertThat(journal.pruned("died")).isPresent();
    }

    @Test
    void manyAreRemovedInBatches() throws Exception {
        for (int i = 0; i < 120; i++) {
            investigated("old%03d".formatted(i), 100);
        }
        investigated("young", 1);
        assertThat(records().remove(NOW).investigations()).isEqualTo(120);
        assertThat(count("audit")).isEqualTo(3);
        assertThat(count("event")).isEqualTo(journal.events("young").events().size());
        assertThat(count("step_duration")).isEqualTo(1);
    }

    @Test
    void theOldestGoWhenTheJournalIsTooLarge() throws Exception {
        for (int i = 1; i <= 5; i++) {
            investigated("i" + i, 50 - i);
        }
        int each = database.read(connection -> Statements.select(
                        connection,
                        row -> row.getInt(1),
                        "select sum(length(body)) from event where investigation = 'i1'"))
                .getFirst();
        RetentionSettings three = sizes(each * 3 + 100 + "B", "5GB");
        assertThat(records(three).remove(NOW).investigations()).isEqualTo(2);
        assertThat(listed()).containsExactly("i5", "i4", "i3");
    }

    @Test
    void openIncidentsTheLastNumberAndWhatInvestigationsBelongToStay() throws Exception {
        incident(1, "open", 800);
        incident(2, "closed", 800);
        incident(3, "closed", 800);
        incident(4, "merged", 10);
        incident(5, "closed", 800);
        investigated("of3", 10);
        sql("update investigation set incident = 'inc-3' where id = 'of3'");
        alert("nobody's", "", 91);
        alert("young", "", 10);

        Removal removed = records().remove(NOW);

        assertThat(removed.incidents()).isEqualTo(1);
        List<String> incidents = database.read(connection ->
                Statements.select(connection, row -> row.getString(1), "select id from incident order by id"));
        // 5 has the highest number: were it gone, the next incident would be called as it was.
        assertThat(incidents).containsExactly("inc-1", "inc-3", "inc-4", "inc-5");
        List<String> alerts = database.read(connection ->
                Statements.select(connection, row -> row.getString(1), "select id from alert order by id"));
        assertThat(alerts).containsExactly("a1", "a4", "young");
        assertThat(count("incident_event")).isEqualTo(4);
    }

    @Test
    void aClockThatWasSetForwardRemovesNothingByItself() throws Exception {
        for (int i = 0; i < 30; i++) {
            investigated("i" + i, i);
        }
        assertThat(records().doubt(NOW)).isEmpty();
        assertThat(records().doubt(NOW.plus(Duration.ofDays(400))).orElseThrow())
                .contains("is the clock right?");
        // New entries are of the wrong time, too, and hide that there is a gap.
        keep("new", JournalEvents.ofOneInvestigation("web_slowdown", NOW.plus(Duration.ofDays(400))));
        assertThat(records().doubt(NOW.plus(Duration.ofDays(400))).orElseThrow())
                .contains("30 of 31 investigations would go at once");
    }

    @Test
    void linesOfWhatWasPrunedGoWithTheAuditLog() throws Exception {
        investigated("old", 731);
        records().remove(NOW);
        assertThat(journal.pruned("old")).isEmpty();
        assertThat(records().remove(NOW.plus(Duration.ofDays(731))).audit()).isEqualTo(1);
    }

    private Artifact file(String content, int daysAgo) throws Exception {
        Artifact kept = artifacts.keep(
                "a.pcap", new ByteArrayInputStream(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Files.setLastModifiedTime(artifacts.path(kept.sha256()), FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
        return kept;
    }

    private void investigatedWith(String id, int daysAgo, Artifact... kept) {
        Instant at = NOW.minus(Duration.ofDays(daysAgo));
        List<Event> events = new ArrayList<>(JournalEvents.ofOneInvestigation("web_slowdown", at));
        events.add(
                4,
                new Event.StepEnded(
                        at,
                        "wire",
                        Optional.empty(),
                        StepStatus.ENDED,
                        1,
                        "",
                        Map.of(),
                        true,
                        List.of(kept),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        keep(id, events);
    }

    private boolean there(Artifact file) {
        return Files.exists(artifacts.path(file.sha256()));
    }

    @Test
    void aFileGoesOnceNoInvestigationRefersToIt() throws Exception {
        Artifact shared = file("shared", 100);
        Artifact own = file("own", 100);
        Artifact nobodys = file("nobody's", 100);
        Artifact justKept = file("its event is about to be committed", 0);
        investigatedWith("old", 100, shared, own);
        investigatedWith("young", 1, shared);
        RetentionSettings rules = RetentionSettings.DEFAULT;

        assertThat(files(rules).remove(NOW).files()).isEqualTo(1);
        assertThat(there(nobodys)).isFalse();
        assertThat(there(own)).isTrue();

        records().remove(NOW);
        assertThat(files(rules).look(NOW).files()).isEqualTo(1);
        assertThat(files(rules).remove(NOW).fileBytes()).isEqualTo(3);
        assertThat(there(own)).isFalse();
        assertThat(there(shared)).isTrue();
        assertThat(there(justKept)).isTrue();
    }

    @Test
    void theOldestInvestigationsGoWhenTheirFilesAreTooMuch() throws Exception {
        Artifact first = file("1".repeat(1000), 3);
        Artifact second = file("2".repeat(1000), 2);
        Artifact third = file("3".repeat(1000), 1);
        investigatedWith("20260101-a", 30, first);
        investigatedWith("20260102-b", 20, second);
        investigatedWith("20260103-c", 10, first, third);
        RetentionSettings rules = sizes("10GB", "2500B");

        Removal would = files(rules).look(NOW);
        Removal removed = files(rules).remove(NOW);

        // The first's file is the third's, too: only the second's frees anything.
        assertThat(removed).isEqualTo(would);
        assertThat(removed.investigations()).isEqualTo(2);
        assertThat(removed.fileBytes()).isEqualTo(1000);
        assertThat(listed()).containsExactly("20260103-c");
        assertThat(there(first)).isTrue();
        assertThat(there(second)).isFalse();
        assertThat(there(third)).isTrue();
    }

    @Test
    void whatAProcessThatDiedLeftHalfWrittenGoes() throws Exception {
        Files.createDirectories(state.resolve("artifacts"));
        Path half = Files.createFile(state.resolve("artifacts/incoming-1.part"));
        Files.setLastModifiedTime(half, FileTime.from(NOW.minus(Duration.ofDays(2))));
        Path young = Files.createFile(state.resolve("artifacts/incoming-2.part"));
        Files.setLastModifiedTime(young, FileTime.from(NOW));
        files(RetentionSettings.DEFAULT).remove(NOW);
        assertThat(half).doesNotExist();
        assertThat(young).exists();
    }
}
