package dev.whydunit.server;

import dev.whydunit.delivery.Outbox;
import dev.whydunit.delivery.StoredNotification;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.annotation.Secured;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages: what was told to whom, what waits, and what could not be told. */
@RestController
final class NotificationController {
    private static final int MOST = 1_000;

    private final Outbox outbox;

    NotificationController(Outbox outbox) {
        this.outbox = outbox;
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/notifications")
    List<Map<String, Object>> notifications(@RequestParam(name = "limit", defaultValue = "100") int limit)
            throws SQLException {
        return outbox.list(Math.clamp(limit, 1, MOST)).stream()
                .map(StoredNotification::data)
                .toList();
    }
}
