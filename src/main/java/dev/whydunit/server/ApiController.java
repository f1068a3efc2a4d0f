package dev.whydunit.server;

import dev.whydunit.authoring.RunbookSchema;
import dev.whydunit.engine.StepKind;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.ArtifactCheck;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.LateEvent;
import dev.whydunit.journal.Pruned;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.report.SummaryJson;
import dev.whydunit.report.Timeline;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.running.IncidentData;
import dev.whydunit.running.Requested;
import dev.whydunit.running.Shelf;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API: what was accepted, what it became, and a way to start an investigation. Every method names the role that it takes. */
@RestController
final class ApiController {
    private static final int MOST = 1_000;

    private final IncidentStore incidents;
    private final JournalStore journal;
    private final Investigations investigations;
    private final WorkQueue queue;
    private final Database database;
    private final Shelf shelf;
    private final Tokens tokens;
    private final Schedules schedules;
    private final FileArtifacts artifacts;
    private final List<KindSignature> signatures;

    ApiController(
            IncidentStore incidents,
            JournalStore journal,
            Investigations investigations,
            WorkQueue queue,
            Database database,
            Shelf shelf,
            Tokens tokens,
            Schedules schedules,
            FileArtifacts artifacts,
            ServeSettings settings) {
        this.artifacts = artifacts;
        this.incidents = incidents;
        this.journal = journal;
        this.investigations = investigations;
        this.queue = queue;
        this.database = database;
        this.shelf = shelf;
        this.tokens = tokens;
        this.schedules = schedules;
        this.signatures = settings.kinds().stream()
                .<KindSignature>map(StepKind::signature)
                .toList();
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/alerts")
    List<Map<String, Object>> alerts(
            @RequestParam(name = "fingerprint", required = false) Optional<String> fingerprint,
            @RequestParam(name = "limit", defaultValue = "100") int limit)
            throws SQLException {
        return incidents.alerts(fingerprint, bounded(limit)).stream()
                .map(IncidentData::of)
                .toList();
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/investigations")
    List<Map<String, Object>> investigations(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "prefix", required = false) Optional<String> prefix) {
        if (prefix.isPresent()) {
            return journal.matching(prefix.get()).stream()
                    .flatMap(id -> journal.find(id).stream())
                    .map(IncidentData::of)
                    .toList();
        }
        return journal.list(bounded(limit)).stream().map(IncidentData::of).toList();
    }

    @Secured(Role.VIEW)
    @GetMapping(path = "/api/investigations/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> investigation(@PathVariable("id") String id) {
        StoredEvents stored = journal.events(id);
        if (!stored.events().isEmpty()) {
            return ResponseEntity.ok(SummaryJson.write(SummaryFold.of(id, stored.events())));
        }
        Optional<Pruned> pruned = journal.pruned(id);
        if (pruned.isPresent()) {
            return gone(pruned.get());
        }
        Optional<StoredInvestigation> waiting = journal.find(id);
        return waiting.isPresent() ? ResponseEntity.ok(waiting(waiting.get())) : missing("investigation", id);
    }

    /** One that has not begun has no summary yet. */
    private static Map<String, Object> waiting(StoredInvestigation investigation) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("schemaVersion", 1);
        shown.putAll(IncidentData.of(investigation));
        return shown;
    }

    /** What attempts that were thought dead still saw: kept, and used for nothing. */
    @Secured(Role.VIEW)
    @GetMapping("/api/investigations/{id}/late")
    ResponseEntity<?> late(@PathVariable("id") String id) {
        return journal.find(id).isEmpty()
                ? missing("investigation", id)
                : ResponseEntity.ok(
                        journal.late(id).stream().map(ApiController::shown).toList());
    }

    private static Map<String, Object> shown(LateEvent late) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("attempt", late.attempt());
        shown.put("at", late.at().toString());
        shown.put("says", "late, ignored: " + Timeline.line(late.event()));
        return shown;
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/investigations/{id}/chain")
    ResponseEntity<Map<String, Object>> chain(@PathVariable("id") String id) throws IOException {
        StoredEvents stored = journal.events(id);
        Optional<Pruned> pruned = stored.events().isEmpty() ? journal.pruned(id) : Optional.empty();
        if (pruned.isPresent()) {
            return gone(pruned.get());
        }
        return stored.events().isEmpty()
                ? missing("investigation", id)
                : ResponseEntity.ok(Map.of(
                        "id",
                        id,
                        "events",
                        stored.events().size(),
                        "intact",
                        stored.intact(),
                        "artifacts",
                        artifacts(stored)));
    }

    /** The files that it kept, and whether those of this node are what they were. */
    private List<Map<String, Object>> artifacts(StoredEvents stored) throws IOException {
        return ArtifactCheck.of(stored.events(), artifacts).stream()
                .map(check -> Map.<String, Object>of(
                        "name",
                        check.artifact().name(),
                        "sha256",
                        check.artifact().sha256(),
                        "state",
                        check.state().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations")
    ResponseEntity<Map<String, Object>> start(@RequestBody Map<String, Object> body) {
        Object runbook = body.get("runbook");
        if (!(runbook instanceof String id)) {
            return bad("runbook: expected a text, found " + (runbook == null ? "nothing" : "something else"));
        }
        for (String object : List.of("inputs", "alert")) {
            if (body.get(object) != null && !(body.get(object) instanceof Map)) {
                return bad(object + ": expected an object");
            }
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        if (body.get("inputs") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> inputs.put(String.valueOf(name), text(value)));
        }
        Map<String, Object> alert = new LinkedHashMap<>();
        if (body.get("alert") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> alert.put(String.valueOf(name), value));
        }
        Requested requested = new Requested(id, alert.isEmpty() ? "api" : "alert", alert, inputs)
                .by(Role.ofToken(SecurityContextHolder.getContext().getAuthentication())
                        .word());
        List<String> problems = shelf.problems(requested);
        if (!problems.isEmpty()) {
            return bad(String.join("; ", problems));
        }
        Instant now = database.clock().instant();
        String started = database.commits()
                .submit(connection -> {
                    String made = investigations.request(connection, requested, Optional.empty(), now);
                    queue.add(connection, Work.INVESTIGATE, made, now, Work.BY_PERSON);
                    return made;
                })
                .join();
        queue.hurry();
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(Map.of("id", started));
    }

    /** An input as {@code -i} would give it: the elements of a list are separated by commas. */
    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/runbooks")
    List<Map<String, Object>> runbooks() {
        return shelf.books().stream()
                .map(book -> Map.<String, Object>of(
                        "id", book.runbook().id(),
                        "title", book.runbook().title(),
                        "version", book.runbook().version(),
                        "source", book.runbook().source(),
                        "sha256", book.sha256()))
                .toList();
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/schedules")
    List<Map<String, Object>> schedules() throws SQLException {
        return schedules.shown();
    }

    @Secured(Role.VIEW)
    @GetMapping(path = "/schema/runbook-v1.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String schema() {
        return RunbookSchema.json(signatures);
    }

    @Secured(Role.ADMINISTER)
    @GetMapping("/api/tokens")
    List<Map<String, Object>> tokens() throws SQLException {
        return tokens.list().stream()
                .map(holder -> Map.<String, Object>of(
                        "id",
                        holder.id(),
                        "name",
                        holder.name(),
                        "role",
                        holder.role().word()))
                .toList();
    }

    @Secured(Role.ADMINISTER)
    @PostMapping("/api/tokens")
    ResponseEntity<Map<String, Object>> makeToken(@RequestBody Map<String, Object> body) {
        Optional<Role> role = Role.named(String.valueOf(body.get("role")));
        if (role.isEmpty() || !(body.get("name") instanceof String name) || name.isBlank() || name.length() > 100) {
            return bad("a token needs a name (1 to 100 characters) and a role: viewer, responder, author or admin");
        }
        Tokens.Made made = tokens.make(name, role.get(), database.clock().instant());
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(Map.of("id", made.holder().id(), "token", made.text(), "note", "it is shown this once"));
    }

    @Secured(Role.ADMINISTER)
    @DeleteMapping("/api/tokens/{id}")
    ResponseEntity<Map<String, Object>> revoke(@PathVariable("id") String id) {
        return tokens.revoke(id, database.clock().instant())
                ? ResponseEntity.ok(Map.of("id", id, "revoked", true))
                : missing("token", id);
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(MOST, limit));
    }

    private static ResponseEntity<Map<String, Object>> missing(String what, String id) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND).body(Map.of("error", "there is no " + what + " " + id));
    }

    private static ResponseEntity<Map<String, Object>> gone(Pruned pruned) {
        return ResponseEntity.status(HttpStatus.GONE).body(Map.of("error", pruned.words()));
    }

    private static ResponseEntity<Map<String, Object>> bad(String why) {
        return ResponseEntity.badRequest().body(Map.of("error", why));
    }
}
