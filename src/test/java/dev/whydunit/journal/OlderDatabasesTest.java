package dev.whydunit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.engine.Event;
import dev.whydunit.incident.Catalogue;
import dev.whydunit.incident.Grouping;
import dev.whydunit.incident.GroupingRules;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.incident.NotServices;
import dev.whydunit.incident.Signals;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OlderDatabasesTest {
    @TempDir
    Path state;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void aDatabaseOfAnEarlierVersionIsMigratedAndRead(int version) throws Exception {
        OlderDatabases.put(version, state);
        try (JournalStore store = JournalStore.open(state)) {
            List<StoredInvestigation> ended = store.list(10).stream()
                    .filter(line -> line.endedAt().isPresent())
                    .toList();
            assertThat(ended).isNotEmpty().allSatisfy(line -> {
                assertThat(line.verdict()).isEqualTo("concluded, deaf 99.6 %");
                StoredEvents stored = store.events(line.id());
                assertThat(stored.intact()).isTrue();
                Summary summary = SummaryFold.of(line.id(), stored.events());
                assertThat(summary.verdict().path()).containsExactly("deaf");
                assertThat(summary.belief().get("deaf")).isCloseTo(0.995850622406639, within(1e-12));
                assertThat(summary.steps()).hasSize(3);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void itIsWrittenToAfterwards(int version) throws Exception {
        OlderDatabases.put(version, state);
        try (JournalStore store = JournalStore.open(state)) {
            try (JournalWriter writer = store.begin("new")) {
                JournalEvents.ofOneInvestigation("web_slowdown", Instant.parse("2027-01-01T00:00:00Z"))
                        .forEach(writer::append);
            }
            assertThat(store.list(1).getFirst().id()).isEqualTo("new");
            assertThat(store.events("new").intact()).isTrue();
            assertThat(store.medianSeconds("old_times")).containsKeys("speak", "listen");
        }
        // The second time there is nothing to migrate.
        JournalStore.open(state).close();
    }

    @Test
    void whatWasCutOffThenHasEventsToGoOnAfter() throws Exception {
        OlderDatabases.put(1, state);
        try (JournalStore store = JournalStore.open(state)) {
            StoredInvestigation cut = store.list(10).stream()
                    .filter(line -> line.endedAt().isEmpty())
                    .findFirst()
                    .orElseThrow();
            StoredEvents stored = store.events(cut.id());
            assertThat(stored.intact()).isTrue();
            assertThat(stored.events()).hasSize(13);
            assertThat(stored.events().getLast()).isInstanceOf(Event.FindingRead.class);
        }
    }

    @Test
    void whatFiredThenFires() throws Exception {
        OlderDatabases.put(9, state);
        try (Database database = Database.embedded(state.resolve("journal.db"))) {
            IncidentStore incidents = new IncidentStore(
                    database,
                    new Grouping(new Signals(Catalogue.of(Map.of()), NotServices.USUAL), GroupingRules.DEFAULT),
                    GroupingRules.DEFAULT,
                    (connection, touched, now) -> Set.of());
            assertThat(incidents.incident("inc-1").orElseThrow().firing().alerts())
                    .containsExactly(Map.entry("f1", "shop"), Map.entry("f3", ""));
            assertThat(incidents.incident("inc-2").orElseThrow().firing().isEmpty())
                    .isTrue();
        }
    }

    @Test
    void theFilesAreSmall() throws Exception {
        for (int version : List.of(1, 2, 9)) {
            OlderDatabases.put(version, state.resolve("v" + version));
            assertThat(Files.size(Path.of("src/test/resources/golden/databases/v" + version + ".db.gz")))
                    .isLessThan(100_000);
        }
    }
}
