package dev.whydunit.server;

import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.ServerPages;
import dev.whydunit.report.ServerPages.Visitor;
import dev.whydunit.report.ServerPages.WaitingWish;
import dev.whydunit.report.SummaryFold;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages: where one signs in, what waits for leave, and an investigation as it stands. Without script, for any browser and a phone. */
@Controller
final class PageController {
    private static final String POLICY = "Content-Security-Policy";

    private final PageSessions sessions;
    private final TokenCheck tokens;
    private final ApprovalStore approvals;
    private final ApprovalDesk desk;
    private final JournalStore journal;

    PageController(PageSessions sessions, TokenCheck tokens, ApprovalStore approvals, JournalStore journal) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.approvals = approvals;
        this.desk = new ApprovalDesk(approvals);
        this.journal = journal;
    }

    @OpenToAll
    @GetMapping("/sign-in")
    ResponseEntity<String> signIn(@RequestParam(name = "next", defaultValue = "") String next) {
        return page(HttpStatus.OK, ServerPages.signIn(Optional.empty(), PageAccess.next(next)));
    }

    @OpenToAll
    @PostMapping("/sign-in")
    ResponseEntity<String> signIn(
            HttpServletRequest request,
            @RequestParam(name = "token", defaultValue = "") String token,
            @RequestParam(name = "next", defaultValue = "") String next)
            throws SQLException {
        String then = PageAccess.next(next);
        if (foreign(request)) {
            return refused("Nobody has this token, or it was revoked.", then);
        }
        return switch (tokens.of(token.strip(), request.getRemoteAddr())) {
            case TokenCheck.Known.Held held ->
                ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create(then))
                        .header(
                                HttpHeaders.SET_COOKIE,
                                PageAccess.kept(request, sessions.begin(held.holder()))
                                        .toString())
                        .build();
            case TokenCheck.Known.Nobodys nobodys -> refused("Nobody has this token, or it was revoked.", then);
            case TokenCheck.Known.TooMany many ->
                refused(
                        "Too many tokens from this address were nobody's. Try again in " + SignIns.EVERY_SECONDS
                                + " s.",
                        then);
        };
    }

    private static ResponseEntity<String> refused(String why, String then) {
        return page(HttpStatus.FORBIDDEN, ServerPages.signIn(Optional.of(why), then));
    }

    @Secured(Role.PAGE_VIEW)
    @PostMapping("/sign-out")
    ResponseEntity<String> signOut(
            HttpServletRequest request, @RequestParam(name = "csrf", defaultValue = "") String csrf) {
        if (foreign(request) || !session().sent(csrf)) {
            return notFromHere();
        }
        PageAccess.cookie(request).ifPresent(sessions::end);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/sign-in"))
                .header(HttpHeaders.SET_COOKIE, PageAccess.kept(request, "").toString())
                .build();
    }

    @Secured(Role.PAGE_VIEW)
    @GetMapping("/approvals")
    ResponseEntity<String> waiting() throws SQLException {
        return page(HttpStatus.OK, ServerPages.approvals(wishes(Optional.empty()), visitor(), Optional.empty()));
    }

    @Secured(Role.PAGE_RESPOND)
    @PostMapping("/approvals/{id}")
    ResponseEntity<String> answer(
            HttpServletRequest request,
            @PathVariable("id") String id,
            @RequestParam(name = "decision", defaultValue = "") String decision,
            @RequestParam(name = "sha256", defaultValue = "") String sha256,
            @RequestParam(name = "csrf", defaultValue = "") String csrf)
            throws SQLException {
        if (foreign(request) || !session().sent(csrf)) {
            return notFromHere();
        }
        boolean granted = decision.equals("approve");
        if (!granted && !decision.equals("deny")) {
            return message(HttpStatus.BAD_REQUEST, "No answer", "decision: expected approve or deny");
        }
        Tokens.Holder holder = session().holder();
        // What a page shows is bound by its hash: an answer without one is for nothing that was seen.
        return switch (desk.answer(id, granted, Optional.of(sha256), holder.name(), holder.role())) {
            case ApprovalDesk.Taken taken ->
                page(
                        HttpStatus.OK,
                        ServerPages.approvals(
                                wishes(Optional.empty()),
                                visitor(),
                                Optional.of((granted ? "Approved: step " : "Denied: step ")
                                        + taken.approval().wish().step() + " of "
                                        + taken.approval().investigation() + ".")));
            case ApprovalDesk.Unknown unknown ->
                message(HttpStatus.NOT_FOUND, "Not found", "There is no approval " + unknown.id() + ".");
            case ApprovalDesk.NotYours not -> message(HttpStatus.FORBIDDEN, "Not yours to allow", not.why());
            case ApprovalDesk.Stale stale -> message(HttpStatus.CONFLICT, "Too late", stale.why());
        };
    }

    @Secured(Role.PAGE_VIEW)
    @GetMapping("/investigations/{id}")
    ResponseEntity<String> investigation(@PathVariable("id") String id) throws SQLException {
        StoredEvents stored = journal.events(id);
        if (stored.started().isEmpty()) {
            return journal.find(id).isPresent()
                    ? message(HttpStatus.OK, "It waits for its turn", "Investigation " + id + " has not begun yet.")
                    : message(HttpStatus.NOT_FOUND, "Not found", "There is no investigation " + id + ".");
        }
        return page(
                HttpStatus.OK,
                ServerPages.investigation(SummaryFold.of(id, stored.events()), wishes(Optional.of(id)), visitor()));
    }

    private List<WaitingWish> wishes(Optional<String> investigation) throws SQLException {
        Role role = session().holder().role();
        return approvals.waiting().stream()
                .filter(one -> investigation.isEmpty() || investigation.get().equals(one.investigation()))
                .map(one -> new WaitingWish(
                        one.id(),
                        one.investigation(),
                        one.wish().step(),
                        one.wish().target(),
                        one.wish().command(),
                        one.wish().attempt(),
                        one.wish().undo(),
                        one.sha256(),
                        one.wish().approvers(),
                        one.expiresAt(),
                        ApprovalDesk.mayApprove(one, role),
                        role.compareTo(Role.RESPONDER) >= 0))
                .toList();
    }

    /** A browser says when a form was sent by another site's page; what says nothing must bring the page's own token anyway. */
    private static boolean foreign(HttpServletRequest request) {
        String from = request.getHeader("Sec-Fetch-Site");
        return from != null && !from.equals("same-origin") && !from.equals("none");
    }

    private static PageSessions.Session session() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof Authentication who
                && who.getDetails() instanceof PageSessions.Session session) {
            return session;
        }
        throw new IllegalStateException("a page is shown to those who signed in alone");
    }

    private static Visitor visitor() {
        PageSessions.Session session = session();
        return new Visitor(session.holder().name(), session.holder().role().word(), session.csrf());
    }

    private static ResponseEntity<String> notFromHere() {
        return message(
                HttpStatus.FORBIDDEN, "Not from this page", "The form was not sent by a page of yours: load it again.");
    }

    private static ResponseEntity<String> message(HttpStatus status, String heading, String text) {
        return page(status, ServerPages.message(heading, text, visitor()));
    }

    private static ResponseEntity<String> page(HttpStatus status, String html) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header(POLICY, ServerPages.POLICY)
                .body(html);
    }
}
