package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.running.InvestigationRequests;
import dev.whydunit.running.InvestigationRequests.Claimed;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows when an investigation has ended, or cannot begin: it is counted, and those are told who want to know. */
final class Endings {
    private static final String NOT_STARTED = "not_started";

    private final Database database;
    private final JournalStore journal;
    private final IncidentStore incidents;
    private final Telling telling;
    private final Measures measures;

    Endings(Database database, JournalStore journal, IncidentStore incidents, Telling telling, Measures measures) {
        this.database = database;
        this.journal = journal;
        this.incidents = incidents;
        this.telling = telling;
        this.measures = measures;
    }

    /** It has ended here, with a verdict or without. */
    void ended(String id, Claimed claimed) throws SQLException {
        Optional<StoredInvestigation> stored = journal.find(id);
        measures.ended(stored.flatMap(StoredInvestigation::status).orElse("none"));
        if (claimed.incident().isPresent()) {
            firstVerdict(claimed.incident().get());
        }
        telling.ended(id, claimed.incident(), () -> journal.events(id).events());
    }

    /** Tells of one that has ended, here or elsewhere, in case that nobody did: a node may have died before. */
    void tell(String id) throws SQLException {
        Optional<Claimed> asked = database.read(connection -> InvestigationRequests.find(connection, id));
        Optional<StoredInvestigation> stored =
                journal.find(id).filter(found -> found.endedAt().isPresent());
        if (asked.isEmpty() || stored.isEmpty()) {
            return;
        }
        if (stored.get().status().filter(NOT_STARTED::equals).isPresent()) {
            telling.failed(id, asked.get(), "the incident's timeline says why");
        } else {
            telling.ended(id, asked.get().incident(), () -> journal.events(id).events());
        }
    }

    private void firstVerdict(String incident) throws SQLException {
        long ended = journal.ofIncident(incident).stream()
                .filter(line -> line.endedAt().isPresent())
                .count();
        if (ended == 1) {
            database.read(connection -> select(
                            connection,
                            row -> row.getString(1),
                            "select received_at from alert where incident = ? order by id limit 1",
                            incident))
                    .forEach(first -> measures.alertToVerdict(Duration.between(
                            Instant.parse(first), database.clock().instant())));
        }
    }

    /** It cannot begin, or go on. */
    void notStarted(String id, Claimed claimed, String why) {
        database.commits()
                .submit(connection -> {
                    InvestigationRequests.giveUp(
                            connection, id, database.clock().instant());
                    ApprovalStore.withdraw(
                            connection,
                            database.clock().instant(),
                            id,
                            Optional.empty(),
                            "the investigation cannot go on");
                    return true;
                })
                .join();
        claimed.incident()
                .ifPresent(incident -> incidents.add(
                        incident,
                        database.clock().instant(),
                        "investigation",
                        id + " (" + claimed.requested().runbook() + ") could not start: " + why));
        telling.failed(id, claimed, why);
    }
}
