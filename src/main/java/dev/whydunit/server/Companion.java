package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.engine.Event;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.Beside;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredInvestigation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what belongs to an event in its transaction: that the act that it came of is done, and at the end that nothing is asked any more,
 * and a line of the incident's timeline.
 */
final class Companion implements Beside {
    private final String id;
    private final InstantSource clock;
    private volatile Optional<Hearing> hearing = Optional.empty();

    /** @param id of the investigation */
    Companion(String id, InstantSource clock) {
        this.id = id;
        this.clock = clock;
    }

    /** From now on acts come of this. */
    void hears(Hearing now) {
        hearing = Optional.of(now);
    }

    @Override
    public void keep(Connection connection, Event event) throws SQLException {
        if (hearing.isPresent()) {
            hearing.get().keep(connection, id, event);
        }
        if (event instanceof Event.Ended) {
            ApprovalStore.withdraw(connection, clock.instant(), id, Optional.empty(), "the investigation has ended");
            tell(connection);
        }
    }

    private void tell(Connection connection) throws SQLException {
        List<String> incidents = select(
                connection,
                row -> row.getString(1),
                "select incident from investigation where id = ? and incident is not null",
                id);
        for (String incident : incidents) {
            Optional<StoredInvestigation> line = JournalStore.find(connection, id);
            String what = line.map(known -> " (" + known.runbook() + ") has ended: " + known.verdict())
                    .orElse(" has ended");
            IncidentStore.add(connection, incident, clock.instant(), "investigation", id + what);
        }
    }
}
