package dev.whydunit.server;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.RunbookFacts;
import dev.whydunit.journal.EventJson;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.HypothesisName;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.running.JournalMask;
import dev.whydunit.running.Requested;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What people do to an investigation: they note, rule out, confirm, look again and stop. And its journal, for shells elsewhere. */
@RestController
final class PeopleController {
    private static final int LONGEST = 4_000;
    private static final int MOST_STEPS = 100;

    private final JournalStore journal;
    private final Investigations investigations;
    private final WorkQueue queue;
    private final UnaryOperator<String> mask;

    PeopleController(JournalStore journal, Investigations investigations, WorkQueue queue, JournalMask mask) {
        this.journal = journal;
        this.investigations = investigations;
        this.queue = queue;
        this.mask = mask;
    }

    /** The events as they are kept, and whether their chain holds. */
    @Secured(Role.VIEW)
    @GetMapping(path = "/api/investigations/{id}/journal", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> journal(@PathVariable("id") String id) {
        StoredEvents stored = journal.events(id);
        if (stored.events().isEmpty()) {
            return journal.find(id).isPresent()
                    ? ResponseEntity.ok("{\"schemaVersion\":1,\"events\":[],\"intact\":true,\"brokenAt\":0}")
                    : ResponseEntity.status(HttpStatus.NOT_FOUND)
                            .body("{\"error\":\"there is no such investigation\"}");
        }
        StringBuilder json = new StringBuilder("{\"schemaVersion\":1,\"intact\":")
                .append(stored.intact())
                .append(",\"brokenAt\":")
                .append(stored.brokenAt())
                .append(",\"head\":\"")
                .append(stored.head())
                .append("\",\"events\":[");
        String separator = "";
        for (Event event : stored.events()) {
            json.append(separator).append(EventJson.write(event));
            separator = ",\n";
        }
        return ResponseEntity.ok(json.append("]}").toString());
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/notes")
    ResponseEntity<Map<String, Object>> note(@PathVariable("id") String id, @RequestBody Map<String, Object> body) {
        Optional<String> text = text(body, "text");
        if (text.isEmpty()) {
            return bad("text: a note has from 1 to " + LONGEST + " characters");
        }
        Optional<Investigation> here = investigations.here(id);
        if (here.isPresent()) {
            here.get().note(who(), text.get());
            return done(id);
        }
        return append(id, new Event.Noted(investigations.now(), who(), text.get()));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/confirm")
    ResponseEntity<Map<String, Object>> confirm(@PathVariable("id") String id, @RequestBody Map<String, Object> body) {
        StoredEvents stored = journal.events(id);
        Optional<String> path = hypothesis(stored, body);
        if (path.isEmpty()) {
            return bad(unknown(stored, body));
        }
        String because = text(body, "because").orElse("");
        return append(id, new Event.Confirmed(investigations.now(), who(), path.get(), because));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/rule-out")
    ResponseEntity<Map<String, Object>> ruleOut(@PathVariable("id") String id, @RequestBody Map<String, Object> body)
            throws SQLException {
        StoredEvents stored = journal.events(id);
        Optional<String> path = hypothesis(stored, body);
        if (path.isEmpty()) {
            return bad(unknown(stored, body));
        }
        Optional<String> because = text(body, "because");
        if (because.isEmpty()) {
            return bad("because: say why, in 1 to " + LONGEST + " characters");
        }
        Optional<Investigation> here = investigations.here(id);
        if (here.isPresent()) {
            here.get().ruleOut(who(), path.get(), because.get());
            return done(id);
        }
        return more(id, new Requested.More(who(), List.of(), Map.of(path.get(), because.get())));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/redo")
    ResponseEntity<Map<String, Object>> redo(@PathVariable("id") String id, @RequestBody Map<String, Object> body)
            throws SQLException {
        List<String> steps = new ArrayList<>();
        if (body.get("steps") instanceof List<?> given && given.size() <= MOST_STEPS) {
            given.forEach(step -> steps.add(String.valueOf(step)));
        }
        List<String> known = journal.events(id)
                .started()
                .map(event -> event.runbook().steps().stream()
                        .map(RunbookFacts.StepFacts::id)
                        .toList())
                .orElse(List.of());
        Optional<String> unknown =
                steps.stream().filter(step -> !known.contains(step)).findFirst();
        if (steps.isEmpty() || unknown.isPresent()) {
            return bad("steps: a list of ids of steps, of " + String.join(", ", known));
        }
        if (investigations.here(id).isPresent()) {
            return conflict("investigation " + id + " still runs");
        }
        return more(id, new Requested.More(who(), steps, Map.of()));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/stop")
    ResponseEntity<Map<String, Object>> stop(@PathVariable("id") String id, @RequestBody Map<String, Object> body) {
        Optional<Investigation> here = investigations.here(id);
        if (here.isEmpty()) {
            return conflict("investigation " + id + " does not run on this node");
        }
        if (Boolean.TRUE.equals(body.get("steps"))) {
            here.get().stopSteps();
        } else {
            here.get().stop();
        }
        return done(id);
    }

    private ResponseEntity<Map<String, Object>> more(String id, Requested.More more) throws SQLException {
        Optional<String> wrong = investigations.askForMore(id, more, queue);
        return wrong.map(PeopleController::conflict).orElseGet(() -> done(id));
    }

    /** Adds an event to an investigation that has ended. */
    private ResponseEntity<Map<String, Object>> append(String id, Event event) {
        Optional<StoredInvestigation> stored = journal.find(id);
        if (stored.isEmpty()) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND).body(Map.of("error", "there is no investigation " + id));
        }
        if (stored.get().endedAt().isEmpty()) {
            return conflict(
                    "investigation " + id + " runs on another node, or waits; say it there, or when it has ended");
        }
        journal.add(stored.get(), event, mask);
        return done(id);
    }

    private static Optional<Summary> summary(StoredEvents stored) {
        return stored.started().map(begun -> SummaryFold.of(stored.id(), stored.events()));
    }

    private static Optional<String> hypothesis(StoredEvents stored, Map<String, Object> body) {
        return summary(stored).flatMap(summary -> HypothesisName.path(summary, named(body)));
    }

    private static String unknown(StoredEvents stored, Map<String, Object> body) {
        return summary(stored)
                .map(summary -> "hypothesis: " + HypothesisName.unknown(summary, named(body)))
                .orElse("investigation " + stored.id() + " has not begun, or there is none");
    }

    private static String named(Map<String, Object> body) {
        return String.valueOf(body.get("hypothesis"));
    }

    private static Optional<String> text(Map<String, Object> body, String name) {
        return body.get(name) instanceof String text && !text.isBlank() && text.length() <= LONGEST
                ? Optional.of(text)
                : Optional.empty();
    }

    private static String who() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who == null ? "somebody" : who.getName();
    }

    private static ResponseEntity<Map<String, Object>> done(String id) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(body);
    }

    private static ResponseEntity<Map<String, Object>> conflict(String why) {
        return ResponseEntity.status(HttpStatus.CONFLICT).body(Map.of("error", why));
    }

    private static ResponseEntity<Map<String, Object>> bad(String why) {
        return ResponseEntity.badRequest().body(Map.of("error", why));
    }
}
