package dev.whydunit.server;

import dev.whydunit.store.AuditLine;
import dev.whydunit.store.Database;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Adds a line to the audit log for everything that a token's holder changed through the API: who, what, from which address. */
final class AuditTrail implements HandlerInterceptor {
    private static final System.Logger LOG = System.getLogger(AuditTrail.class.getName());
    private static final int REFUSED = 400;
    private static final int LONGEST = 200;

    private final Database database;

    AuditTrail(Database database) {
        this.database = database;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        boolean changes =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        if (who == null || pattern == null || !changes || response.getStatus() >= REFUSED) {
            return;
        }
        String about = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> names
                ? String.valueOf(names.get("id"))
                : "";
        String name = who.getName();
        // The request is another's by the time that this is written.
        String what = request.getMethod() + " " + pattern + " from " + request.getRemoteAddr();
        add(database, name, what, about.equals("null") ? "" : about.substring(0, Math.min(LONGEST, about.length())));
    }

    /** Adds a line; when the database does not take it, that is logged. */
    static void add(Database database, String who, String what, String about) {
        database.commits()
                .submit(connection ->
                        AuditLine.write(connection, database.clock().instant(), who, what, about))
                .exceptionally(e -> {
                    LOG.log(System.Logger.Level.ERROR, "the audit log could not be written: {0}", e.getMessage());
                    return 0;
                });
    }
}
