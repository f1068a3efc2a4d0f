package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import dev.whydunit.journal.JournalEvents;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TamperedJournalTest {
    @TempDir
    Path folder;

    private Ran shownAfter(String sql) throws Exception {
        Path state = folder.resolve("state");
        try (JournalStore store = JournalStore.open(state);
                JournalWriter writer = store.begin("20260101-a")) {
            JournalEvents.ofOneInvestigation("web_slowdown", Instant.now()).forEach(writer::append);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
        Ran ran = new Program(folder).run("investigation", "show", "20260101-a");
        assertThat(ran.exit()).isEqualTo(1);
        return ran;
    }

    @Test
    void whatWasChangedIsSaid() throws Exception {
        assertThat(shownAfter("update event set body = replace(body, '0.9', '0.1') where seq = 5")
                        .err())
                .contains("20260101-a was changed after it was written: event 5 does not fit its hash; do not trust");
    }

    @Test
    void whatIsMissingAtTheEndIsSaid() throws Exception {
        assertThat(shownAfter("delete from event where seq = (select max(seq) from event)")
                        .err())
                .contains("20260101-a was changed after it was written: event ")
                .contains(" is missing; do not trust what is shown");
    }

    @Test
    void thatAllIsGoneIsSaid() throws Exception {
        assertThat(shownAfter("delete from event").err())
                .contains("20260101-a was changed after it was written: its events are gone");
    }
}
