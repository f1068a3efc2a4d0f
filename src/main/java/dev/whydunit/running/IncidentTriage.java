package dev.whydunit.running;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.alert.Alert;
import dev.whydunit.incident.Catalogue;
import dev.whydunit.incident.Incident;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.incident.Service;
import dev.whydunit.incident.Signals;
import dev.whydunit.incident.StoredAlert;
import dev.whydunit.incident.Triage;
import dev.whydunit.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which investigations an incident gets: one at its probable origin, and another whenever that turns out to be
 * elsewhere, up to a limit. An incident that grows, or whose service needs others, waits a moment, so that what is below can be heard.
 */
public final class IncidentTriage implements Triage {
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final int MOST_INVESTIGATIONS = 4;
    private static final int LEAST_PRIORITY = 10;
    private static final int A_TIER = 6;
    private static final int A_SEVERITY = 2;

    private final Database database;
    private final Catalogue catalogue;
    private final Signals signals;
    private final RunbookChoice choice;
    private final Shelf shelf;
    private final InvestigationRequests requests;
    private Optional<Wiring> wiring = Optional.empty();

    private record Wiring(IncidentStore incidents, Work work) {}

    /** For the incidents of a database. */
    public IncidentTriage(
            Database database, Signals signals, Shelf shelf, RunbookChoice choice, InvestigationRequests requests) {
        this.database = database;
        this.signals = signals;
        this.catalogue = signals.catalogue();
        this.shelf = shelf;
        this.choice = choice;
        this.requests = requests;
    }

    /** What it needs and what needs it: they are made one after the other. */
    public void wire(IncidentStore incidents, Work work) {
        wiring = Optional.of(new Wiring(incidents, work));
    }

    @Override
    public Set<String> look(Connection connection, Collection<Incident> incidents, Instant now) throws SQLException {
        Map<String, Instant> due = new LinkedHashMap<>();
        Set<String> atOnce = new LinkedHashSet<>();
        for (Incident incident : incidents) {
            boolean alone =
                    incident.alerts() == 1 && catalogue.needs(incident.origin()).size() <= 1;
            due.put(incident.id(), alone ? now : now.plus(SETTLE));
            if (alone) {
                atOnce.add(incident.id());
            }
        }
        wiring.orElseThrow().work().addAll(connection, Work.TRIAGE, due, Work.FIRST);
        return atOnce;
    }

    /**
     * Looks at an incident.
     *
     * @return the investigation that it gets now; empty when it has what it needs
     */
    public Optional<String> triage(String id) throws SQLException {
        Wiring wired = wiring.orElseThrow();
        Optional<Incident> found = wired.incidents().incident(id);
        if (found.isEmpty() || found.get().status() != Incident.Status.OPEN) {
            return Optional.empty();
        }
        Incident incident = found.get();
        Optional<Alert> chosen = alert(incident, wired.incidents().firingOf(incident));
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Optional<Requested> requested = choice.of(incident, chosen.get());
        Instant now = database.clock().instant();
        if (requested.isEmpty()) {
            wired.incidents().add(id, now, "investigation", "no runbook fits, and no default is there");
            return Optional.empty();
        }
        Optional<String> started = database.commits()
                .submit(connection -> {
                    if (already(connection, id, requested.get())) {
                        return Optional.<String>empty();
                    }
                    String investigation = requests.request(connection, requested.get(), Optional.of(id), now);
                    wired.work().add(connection, Work.INVESTIGATE, investigation, now, priority(incident));
                    return Optional.of(investigation);
                })
                .join();
        if (started.isPresent()) {
            wired.work().hurry();
            say(wired, incident, started.get(), requested.get(), now);
        }
        return started;
    }

    private void say(Wiring wired, Incident incident, String investigation, Requested requested, Instant now) {
        String where = incident.origin().isEmpty() ? "" : " at " + incident.origin();
        wired.incidents()
                .add(
                        incident.id(),
                        now,
                        "investigation",
                        investigation + " (" + requested.runbook() + ") is to look" + where);
        List<String> problems = shelf.problems(requested);
        if (!problems.isEmpty()) {
            wired.incidents()
                    .add(incident.id(), now, "investigation", requested.runbook() + ": " + String.join("; ", problems));
        }
    }

    /** The alert to investigate: of the origin, else of a service that needs it; of the most critical service, then the worst, then the first. */
    private Optional<Alert> alert(Incident incident, List<StoredAlert> alerts) {
        return alerts.stream()
                .map(StoredAlert::alert)
                .min(Comparator.comparing(
                                (Alert alert) -> !signals.of(alert).service().equals(Optional.of(incident.origin())))
                        .thenComparingInt(alert ->
                                signals.of(alert).service().map(this::tier).orElse(Service.UNKNOWN_TIER))
                        .thenComparing(alert -> signals.of(alert).severity())
                        .thenComparing(Alert::startsAt));
    }

    /** By the most critical service that suffers, then by severity. */
    private int priority(Incident incident) {
        int tier = Stream.concat(Stream.of(incident.origin()), incident.firing().services().stream())
                .distinct()
                .mapToInt(this::tier)
                .min()
                .orElse(Service.UNKNOWN_TIER);
        int critical = Service.UNKNOWN_TIER - Math.clamp(tier, 1, Service.UNKNOWN_TIER);
        int severe = dev.whydunit.incident.Severity.INFO.ordinal()
                - incident.severity().ordinal();
        return LEAST_PRIORITY + A_TIER * critical + A_SEVERITY * severe;
    }

    private int tier(String service) {
        return catalogue.service(service).map(Service::tier).orElse(Service.UNKNOWN_TIER);
    }

    /** Whether the incident has an investigation by this runbook at this origin, or as many as one incident gets. */
    private static boolean already(Connection connection, String incident, Requested wanted) throws SQLException {
        List<Optional<Requested>> there = select(
                connection,
                row -> Optional.ofNullable(row.getString(1)).map(InvestigationRequests::parse),
                "select request from investigation where incident = ?",
                incident);
        return there.size() >= MOST_INVESTIGATIONS
                || there.stream()
                        .flatMap(Optional::stream)
                        .anyMatch(before -> before.runbook().equals(wanted.runbook())
                                && (before.origin().isEmpty() || before.origin().equals(wanted.origin())));
    }
}
