package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.store.Database;
import java.security.Principal;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a person's leave, and the log of who did what. */
@RestController
final class ApprovalController {
    private static final int MOST_LINES = 1_000;

    private final ApprovalStore approvals;
    private final Database database;
    private final ApprovalDesk desk;

    ApprovalController(ApprovalStore approvals, Database database) {
        this.approvals = approvals;
        this.database = database;
        this.desk = new ApprovalDesk(approvals);
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/approvals")
    List<Map<String, Object>> waiting() throws SQLException {
        return approvals.waiting().stream().map(ApprovalController::shown).toList();
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/approvals/{id}")
    ResponseEntity<Map<String, Object>> one(@PathVariable("id") String id) throws SQLException {
        Optional<PendingApproval> found = approvals.find(id);
        return found.isPresent() ? ResponseEntity.ok(shown(found.get())) : missing(id);
    }

    /** {@code {"granted": true}}; with {@code sha256} the answer is for that very command and for no other. */
    @Secured(Role.RESPOND)
    @PostMapping("/api/approvals/{id}")
    ResponseEntity<Map<String, Object>> answer(
            @PathVariable("id") String id, @RequestBody Map<String, Object> body, Principal by) throws SQLException {
        if (!(body.get("granted") instanceof Boolean granted)) {
            return answered(HttpStatus.BAD_REQUEST, "granted: expected true or false");
        }
        Optional<String> sha256 = Optional.ofNullable(body.get("sha256")).map(String::valueOf);
        Role role = Role.ofToken(SecurityContextHolder.getContext().getAuthentication());
        return switch (desk.answer(id, granted, sha256, by.getName(), role)) {
            case ApprovalDesk.Taken taken -> ResponseEntity.ok(shown(taken.approval()));
            case ApprovalDesk.Unknown unknown -> missing(unknown.id());
            case ApprovalDesk.NotYours not -> answered(HttpStatus.FORBIDDEN, not.why());
            case ApprovalDesk.Stale stale -> answered(HttpStatus.CONFLICT, stale.why());
        };
    }

    @Secured(Role.ADMINISTER)
    @GetMapping("/api/audit")
    List<Map<String, Object>> audit(@RequestParam(name = "limit", defaultValue = "100") int limit) throws SQLException {
        return database.read(connection -> select(
                connection,
                row -> Map.<String, Object>of(
                        "at",
                        row.getString(1),
                        "who",
                        row.getString(2),
                        "what",
                        row.getString(3),
                        "about",
                        row.getString(4)),
                "select at, who, what, about from audit order by at desc, id desc limit ?",
                Math.clamp(limit, 1, MOST_LINES)));
    }

    private static Map<String, Object> shown(PendingApproval one) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("schemaVersion", 1);
        shown.put("id", one.id());
        shown.put("investigation", one.investigation());
        shown.put("step", one.wish().step());
        shown.put("target", one.wish().target().orElse(null));
        shown.put("command", one.wish().command());
        shown.put("attempt", one.wish().attempt());
        shown.put("undo", one.wish().undo().orElse(null));
        shown.put("approvers", one.wish().approvers());
        shown.put("sha256", one.sha256());
        shown.put("askedAt", one.askedAt().toString());
        shown.put("expiresAt", one.expiresAt().toString());
        shown.put("granted", one.granted().orElse(null));
        shown.put("by", one.by().orElse(null));
        shown.put("withdrawn", one.withdrawn().orElse(null));
        return shown;
    }

    private static ResponseEntity<Map<String, Object>> missing(String id) {
        return answered(HttpStatus.NOT_FOUND, "there is no approval " + id);
    }

    private static ResponseEntity<Map<String, Object>> answered(HttpStatus status, String why) {
        return ResponseEntity.status(status).body(Map.of("error", why));
    }
}
