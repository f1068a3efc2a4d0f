package dev.whydunit.server;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import dev.whydunit.journal.EventJson;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.HypothesisName;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What people do to an investigation: they note, rule out, confirm, look again and stop. And its journal, for shells elsewhere. */
@RestController
final class PeopleController {
    private static final int LONGEST = 4_000;
    private static final int MOST_STEPS = 100;
    private static final int LONGEST_KEY = 100;
    /** Whoever asks again with the same key is told what came of the first time. */
    private static final String KEY = "Idempotency-Key";

    private final JournalStore journal;
    private final Acts acts;

    PeopleController(JournalStore journal, Acts acts) {
        this.journal = journal;
        this.acts = acts;
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
    ResponseEntity<Map<String, Object>> note(
            @PathVariable("id") String id,
            @RequestHeader(name = KEY, required = false) Optional<String> key,
            @RequestBody Map<String, Object> body)
            throws SQLException, InterruptedException {
        Optional<String> text = text(body, "text");
        return text.isPresent()
                ? take(id, new Act.Note(text.get()), key)
                : bad("text: a note has from 1 to " + LONGEST + " characters");
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/confirm")
    ResponseEntity<Map<String, Object>> confirm(
            @PathVariable("id") String id,
            @RequestHeader(name = KEY, required = false) Optional<String> key,
            @RequestBody Map<String, Object> body)
            throws SQLException, InterruptedException {
        StoredEvents stored = journal.events(id);
        Optional<String> path = hypothesis(stored, body);
        return path.isPresent()
                ? take(id, new Act.Confirm(path.get(), text(body, "because").orElse("")), key)
                : bad(unknown(stored, body));
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/rule-out")
    ResponseEntity<Map<String, Object>> ruleOut(
            @PathVariable("id") String id,
            @RequestHeader(name = KEY, required = false) Optional<String> key,
            @RequestBody Map<String, Object> body)
            throws SQLException, InterruptedException {
        StoredEvents stored = journal.events(id);
        Optional<String> path = hypothesis(stored, body);
        if (path.isEmpty()) {
            return bad(unknown(stored, body));
        }
        Optional<String> because = text(body, "because");
        return because.isPresent()
                ? take(id, new Act.RuleOut(path.get(), because.get()), key)
                : bad("because: say why, in 1 to " + LONGEST + " characters");
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/redo")
    ResponseEntity<Map<String, Object>> redo(
            @PathVariable("id") String id,
            @RequestHeader(name = KEY, required = false) Optional<String> key,
            @RequestBody Map<String, Object> body)
            throws SQLException, InterruptedException {
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
        return steps.isEmpty() || unknown.isPresent()
                ? bad("steps: a list of ids of steps, of " + String.join(", ", known))
                : take(id, new Act.Redo(steps), key);
    }

    @Secured(Role.RESPOND)
    @PostMapping("/api/investigations/{id}/stop")
    ResponseEntity<Map<String, Object>> stop(
            @PathVariable("id") String id,
            @RequestHeader(name = KEY, required = false) Optional<String> key,
            @RequestBody Map<String, Object> body)
            throws SQLException, InterruptedException {
        return take(id, new Act.Stop(Boolean.TRUE.equals(body.get("steps"))), key);
    }

    /** What people wanted of it through this API, and how far that is. */
    @Secured(Role.VIEW)
    @GetMapping("/api/investigations/{id}/acts")
    List<Map<String, Object>> acts(@PathVariable("id") String id) throws SQLException {
        return acts.of(id).stream().map(PeopleController::shown).toList();
    }

    private ResponseEntity<Map<String, Object>> take(String id, Act act, Optional<String> key)
            throws SQLException, InterruptedException {
        if (key.isPresent() && (key.get().isBlank() || key.get().length() > LONGEST_KEY)) {
            return bad(KEY + ": from 1 to " + LONGEST_KEY + " characters");
        }
        return switch (acts.take(id, who(), act, key)) {
            case ActStore.Taken.Told told ->
                ResponseEntity.status(told.kept().doneAt().isPresent() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .body(shown(told.kept()));
            case ActStore.Taken.Refused refused -> answered(HttpStatus.CONFLICT, refused.why());
            case ActStore.Taken.Unknown unknown -> answered(HttpStatus.NOT_FOUND, "there is no investigation " + id);
            case ActStore.Taken.TooMany many ->
                ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, "5")
                        .body(Map.of("error", "more is wanted of investigation " + id + " than it has heard yet"));
        };
    }

    private static Map<String, Object> shown(ActStore.Kept kept) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", kept.investigation());
        shown.put("number", kept.number());
        shown.put("act", kept.act().kind());
        shown.put("by", kept.by().name());
        shown.put("at", kept.at().toString());
        shown.put("state", kept.state());
        kept.refused().ifPresent(why -> shown.put("why", why));
        return shown;
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

    private static Speaker who() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return new Speaker(who == null ? "somebody" : who.getName(), Role.ofToken(who));
    }

    private static ResponseEntity<Map<String, Object>> answered(HttpStatus status, String why) {
        return ResponseEntity.status(status).body(Map.of("error", why));
    }

    private static ResponseEntity<Map<String, Object>> bad(String why) {
        return answered(HttpStatus.BAD_REQUEST, why);
    }
}
