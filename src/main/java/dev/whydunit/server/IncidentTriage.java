package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.alert.Alert;
import dev.whydunit.incident.Catalogue;
import dev.whydunit.incident.Incident;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.incident.Signal;
import dev.whydunit.incident.StoredAlert;
import dev.whydunit.incident.Triage;
import dev.whydunit.running.AlertData;
import dev.whydunit.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which investigations an incident gets: one at its probable origin, and another whenever that turns out to be
 * elsewhere, up to a limit. An incident whose service needs others waits a moment, so that what is below it can be heard.
 */
final class IncidentTriage implements Triage {
    /** The name of this work in the queue. */
    static final String WORK = "triage";

    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final int MOST_INVESTIGATIONS = 4;
    private static final int MOST_ALERTS = 5_000;

    private final Database database;
    private final Catalogue catalogue;
    private final Shelf shelf;
    private final String defaultRunbook;
    private Optional<Wiring> wiring = Optional.empty();

    private record Wiring(IncidentStore incidents, WorkQueue queue, Investigations investigations) {}

    IncidentTriage(Database database, Catalogue catalogue, Shelf shelf, String defaultRunbook) {
        this.database = database;
        this.catalogue = catalogue;
        this.shelf = shelf;
        this.defaultRunbook = defaultRunbook;
    }

    /** What it needs and what needs it: they are made one after the other. */
    void wire(IncidentStore incidents, WorkQueue queue, Investigations investigations) {
        wiring = Optional.of(new Wiring(incidents, queue, investigations));
    }

    @Override
    public void look(Connection connection, Incident incident, Instant now) throws SQLException {
        boolean needsOthers = catalogue.needs(incident.origin()).size() > 1;
        wiring.orElseThrow().queue().add(connection, WORK, incident.id(), needsOthers ? now.plus(SETTLE) : now);
    }

    /** Looks at an incident. */
    void triage(String id) throws SQLException {
        Wiring wired = wiring.orElseThrow();
        Optional<Incident> found = wired.incidents().incident(id);
        if (found.isEmpty() || found.get().status() != Incident.Status.OPEN) {
            return;
        }
        Incident incident = found.get();
        List<StoredAlert> alerts = wired.incidents().alertsOf(id, MOST_ALERTS).stream()
                .filter(alert -> alert.alert().status() == Alert.Status.FIRING)
                .toList();
        Optional<Alert> chosen = alert(incident, alerts);
        if (chosen.isEmpty()) {
            return;
        }
        Optional<Shelf.Book> book = shelf.forAlert(chosen.get(), defaultRunbook);
        Instant now = database.clock().instant();
        if (book.isEmpty()) {
            wired.incidents()
                    .add(
                            id,
                            now,
                            "investigation",
                            "no runbook fits, and the default " + defaultRunbook + " is not there");
            return;
        }
        Requested requested = new Requested(book.get().runbook().id(), "alert", AlertData.of(chosen.get()), Map.of());
        List<String> problems = wired.investigations().problems(requested);
        String origin = incident.origin();
        database.commits()
                .submit(connection -> {
                    if (already(connection, id, requested.runbook(), origin)) {
                        return false;
                    }
                    String investigation = wired.investigations().request(connection, requested, Optional.of(id), now);
                    wired.queue().add(connection, Investigations.WORK, investigation, now);
                    return true;
                })
                .join();
        wired.queue().hurry();
        if (!problems.isEmpty()) {
            wired.incidents().add(id, now, "investigation", requested.runbook() + ": " + String.join("; ", problems));
        }
    }

    /** The alert to investigate: of the origin, else of a service that needs it; the worst, then the first. */
    private Optional<Alert> alert(Incident incident, List<StoredAlert> alerts) {
        return alerts.stream()
                .map(StoredAlert::alert)
                .min(Comparator.comparing(
                                (Alert alert) -> !Signal.of(alert).service().equals(Optional.of(incident.origin())))
                        .thenComparing(alert -> Signal.of(alert).severity())
                        .thenComparingInt(alert -> tier(Signal.of(alert)))
                        .thenComparing(Alert::startsAt));
    }

    private int tier(Signal signal) {
        return signal.service()
                .flatMap(catalogue::service)
                .map(dev.whydunit.incident.Service::tier)
                .orElse(dev.whydunit.incident.Service.UNKNOWN_TIER);
    }

    /** Whether the incident has an investigation of this runbook at this origin, or as many as one incident gets. */
    private static boolean already(Connection connection, String incident, String runbook, String origin)
            throws SQLException {
        List<Request> requests = select(
                connection,
                row -> new Request(row.getString(1), Optional.ofNullable(row.getString(2))),
                "select runbook, request from investigation where incident = ?",
                incident);
        boolean same = requests.stream()
                .anyMatch(request -> request.runbook().equals(runbook)
                        && (origin.isEmpty()
                                || request.text().isEmpty()
                                || request.text().get().contains('"' + origin + '"')));
        return same || requests.size() >= MOST_INVESTIGATIONS;
    }

    /** An investigation that is there, with what it was asked to do when a server asked. */
    private record Request(String runbook, Optional<String> text) {}
}
