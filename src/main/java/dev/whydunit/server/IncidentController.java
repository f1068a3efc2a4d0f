package dev.whydunit.server;

import dev.whydunit.incident.Incident;
import dev.whydunit.incident.IncidentActs;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.running.IncidentData;
import dev.whydunit.store.Database;
import java.security.Principal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.annotation.Secured;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents: what they are, and what people do about them. */
@RestController
final class IncidentController {
    private static final int MOST = 1_000;
    private static final int MOST_ALERTS = 100_000;

    private final IncidentStore incidents;
    private final IncidentActs acts;
    private final JournalStore journal;
    private final Database database;

    IncidentController(IncidentStore incidents, JournalStore journal, Database database) {
        this.incidents = incidents;
        this.acts = new IncidentActs(incidents);
        this.journal = journal;
        this.database = database;
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/incidents")
    List<Map<String, Object>> incidents(@RequestParam(name = "limit", defaultValue = "100") int limit)
            throws SQLException {
        List<Incident> found = incidents.incidents(Math.clamp(limit, 1, MOST));
        Map<String, String> assigned =
                incidents.assigned(found.stream().map(Incident::id).toList());
        return found.stream()
                .map(incident -> IncidentData.of(incident, assigned.getOrDefault(incident.id(), "")))
                .toList();
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/incidents/{id}")
    ResponseEntity<Map<String, Object>> incident(@PathVariable("id") String id) throws SQLException {
        Optional<Incident> found = incidents.incident(id);
        return found.isPresent()
                ? ResponseEntity.ok(IncidentData.whole(
                        found.get(),
                        incidents.assigned(List.of(id)).getOrDefault(id, ""),
                        incidents.timeline(id),
                        journal.ofIncident(id),
                        incidents.newestOf(id, IncidentData.NEWEST)))
                : missing(id);
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/incidents/{id}/alerts")
    ResponseEntity<?> alertsOf(
            @PathVariable("id") String id, @RequestParam(name = "limit", defaultValue = "1000") int limit)
            throws SQLException {
        return incidents.incident(id).isEmpty()
                ? missing(id)
                : ResponseEntity.ok(incidents.alertsOf(id, Math.clamp(limit, 1, MOST_ALERTS)).stream()
                        .map(IncidentData::of)
                        .toList());
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/incidents/{id}/note")
    ResponseEntity<Map<String, Object>> note(
            @PathVariable("id") String id, @RequestBody Map<String, Object> body, Principal by) throws SQLException {
        return act(id, () -> acts.note(id, by.getName(), text(body, "text"), now()));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/incidents/{id}/assign")
    ResponseEntity<Map<String, Object>> assign(
            @PathVariable("id") String id, @RequestBody Map<String, Object> body, Principal by) throws SQLException {
        return act(id, () -> acts.assign(id, by.getName(), text(body, "to"), now()));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/incidents/{id}/severity")
    ResponseEntity<Map<String, Object>> severity(
            @PathVariable("id") String id, @RequestBody Map<String, Object> body, Principal by) throws SQLException {
        return act(id, () -> acts.severity(id, by.getName(), text(body, "severity"), now()));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/incidents/{id}/resolve")
    ResponseEntity<Map<String, Object>> resolve(
            @PathVariable("id") String id,
            @RequestBody(required = false) Optional<Map<String, Object>> body,
            Principal by)
            throws SQLException {
        return act(id, () -> acts.resolve(id, by.getName(), text(body.orElse(Map.of()), "because"), now()));
    }

    private interface Act {
        CompletableFuture<Optional<Incident>> run() throws IncidentActs.Refused;
    }

    private ResponseEntity<Map<String, Object>> act(String id, Act act) throws SQLException {
        try {
            Optional<Incident> after = act.run().join();
            return after.isPresent()
                    ? ResponseEntity.ok(IncidentData.of(
                            after.get(), incidents.assigned(List.of(id)).getOrDefault(id, "")))
                    : missing(id);
        } catch (IncidentActs.Refused e) {
            return ResponseEntity.badRequest().body(Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    /** A text of a body; empty when it is not there or no text, which the act then refuses. */
    private static String text(Map<String, Object> body, String name) {
        return body.get(name) instanceof String text ? text : "";
    }

    private Instant now() {
        return database.clock().instant();
    }

    private static ResponseEntity<Map<String, Object>> missing(String id) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND).body(Map.of("error", "there is no incident " + id));
    }
}
