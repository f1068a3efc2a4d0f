package dev.whydunit.server;

import dev.whydunit.alert.AlertFormat;
import dev.whydunit.alert.Notification;
import dev.whydunit.incident.Accepted;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.store.Database;
import dev.whydunit.webhook.Delivery;
import dev.whydunit.webhook.Receiver;
import dev.whydunit.webhook.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /webhooks/{receiver}}: each receiver authenticates its sender itself, on the raw bytes. */
@RestController
final class WebhookController {
    private static final System.Logger LOG = System.getLogger(WebhookController.class.getName());
    private static final int RETRY_SECONDS = 5;
    private static final long COMMIT_SECONDS = 8;
    private static final int FULL_PERCENT = 90;

    private final Map<String, Receiver> receivers;
    private final Subscriptions subscriptions;
    private final IncidentStore incidents;
    private final Database database;
    private final WorkQueue queue;
    private final Measures measures;
    private final Map<String, RateLimit> rates = new ConcurrentHashMap<>();

    WebhookController(
            Receivers receivers, IncidentStore incidents, Database database, WorkQueue queue, Measures measures) {
        this.receivers = receivers.byName();
        this.subscriptions = receivers.subscriptions();
        this.incidents = incidents;
        this.database = database;
        this.queue = queue;
        this.measures = measures;
    }

    /**
     * The receivers of the configuration, by name.
     *
     * @param subscriptions confirms that messages of an allowed topic are wanted
     */
    record Receivers(Map<String, Receiver> byName, Subscriptions subscriptions) {}

    /** Calls an address of Amazon's. */
    @FunctionalInterface
    interface Subscriptions {
        void confirm(URI address) throws GeneralSecurityException;
    }

    /** Whether there is a receiver of this name. */
    boolean has(String name) {
        return receivers.containsKey(name);
    }

    @PostMapping("/webhooks/{name}")
    ResponseEntity<Map<String, Object>> receive(@PathVariable("name") String name, HttpServletRequest request)
            throws IOException, InterruptedException {
        Receiver receiver = receivers.get(name);
        if (receiver == null) {
            return refused(new Refusal(404, "there is no receiver of this name; receivers are in whydunit.yaml"));
        }
        Instant now = database.clock().instant();
        RateLimit rate = rates.computeIfAbsent(name, key -> new RateLimit(receiver.perMinute()));
        Duration wait = rate.take(now);
        if (wait.isPositive()) {
            return later(name, "more than " + receiver.perMinute() + " deliveries in a minute", wait);
        }
        Optional<String> trouble = database.commits().trouble();
        if (trouble.isPresent()) {
            measures.delivered(name, 503, 0, 0);
            // Health says why, to those who may look.
            return unavailable("the database cannot be written to");
        }
        if (database.commits().waiting() * 100 / database.commits().capacity() >= FULL_PERCENT) {
            return later(name, "the queue is full", Duration.ofSeconds(RETRY_SECONDS));
        }
        byte[] body;
        try {
            body = BodyLimit.read(request.getInputStream(), AlertFormat.MAX_BYTES + 1);
        } catch (BodyLimit.NotRead e) {
            if (e.status() == HttpStatus.TOO_MANY_REQUESTS.value()) {
                return later(name, e.why(), Duration.ofSeconds(RETRY_SECONDS));
            }
            measures.delivered(name, e.status(), 0, 0);
            return refused(new Refusal(e.status(), e.why()));
        }
        return answer(receiver, rate, new Delivery(headers(request), body, now));
    }

    private ResponseEntity<Map<String, Object>> answer(Receiver receiver, RateLimit rate, Delivery delivery)
            throws InterruptedException {
        Receiver.Outcome outcome;
        try {
            outcome = receiver.receive(delivery);
        } catch (IllegalArgumentException e) {
            // Which variable or file is missing is not for whoever sends.
            LOG.log(System.Logger.Level.ERROR, "receiver {0} is not set up: {1}", receiver.name(), e.getMessage());
            measures.delivered(receiver.name(), 500, 0, 0);
            return refused(new Refusal(500, "this receiver is not set up; the server's log says why"));
        }
        return switch (outcome) {
            case Receiver.Outcome.Refused refused -> {
                int status = refused.refusal().status();
                measures.delivered(receiver.name(), status, 0, 0);
                if (status == HttpStatus.UNAUTHORIZED.value() || status == HttpStatus.FORBIDDEN.value()) {
                    rate.giveBack();
                }
                yield status == HttpStatus.SERVICE_UNAVAILABLE.value()
                        ? unavailable(refused.refusal().why())
                        : refused(refused.refusal());
            }
            case Receiver.Outcome.Confirm confirm -> confirmed(receiver, confirm.address());
            case Receiver.Outcome.Read read -> stored(receiver, read.notification(), delivery.at());
        };
    }

    /** The topic is an allowed one and the message is signed: both were checked. */
    private ResponseEntity<Map<String, Object>> confirmed(Receiver receiver, URI address) {
        try {
            subscriptions.confirm(address);
            measures.delivered(receiver.name(), 202, 0, 0);
            return ResponseEntity.accepted().body(Map.of("accepted", 0, "subscription", "confirmed"));
        } catch (GeneralSecurityException e) {
            measures.delivered(receiver.name(), 502, 0, 0);
            return refused(new Refusal(502, "the subscription could not be confirmed: " + e.getMessage()));
        }
    }

    private ResponseEntity<Map<String, Object>> stored(Receiver receiver, Notification notification, Instant now)
            throws InterruptedException {
        try {
            Accepted accepted =
                    incidents.accept(receiver.name(), notification, now).get(COMMIT_SECONDS, TimeUnit.SECONDS);
            if (accepted.due()) {
                queue.hurry();
            }
            measures.delivered(receiver.name(), 202, notification.alerts().size(), accepted.accepted());
            measures.refused(receiver.name(), notification.refused().size());
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("accepted", accepted.accepted());
            accepted.incident().ifPresent(incident -> body.put("incident", incident));
            if (!notification.refused().isEmpty()) {
                body.put("refused", notification.listedRefused());
                LOG.log(System.Logger.Level.WARNING, "receiver {0}: {1}", receiver.name(), unread(notification));
            }
            if (!notification.notes().isEmpty()) {
                body.put("notes", notification.notes());
            }
            return ResponseEntity.accepted().body(body);
        } catch (ExecutionException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the database does not take a delivery to {0}: {1}",
                    receiver.name(),
                    (e.getCause() == null ? e : e.getCause()).getMessage());
            measures.delivered(receiver.name(), 503, notification.alerts().size(), 0);
            return unavailable("the database does not take it");
        } catch (TimeoutException e) {
            measures.delivered(receiver.name(), 503, notification.alerts().size(), 0);
            return unavailable(
                    "the database did not take it within " + COMMIT_SECONDS + " s; it may yet, so send it again");
        }
    }

    private static String unread(Notification notification) {
        int refused = notification.refused().size();
        return refused + " of " + (refused + notification.alerts().size()) + " alerts of a delivery could not be read: "
                + notification.listedRefused().stream()
                        .map(one -> "alert " + one.get("alert") + ": " + one.get("error"))
                        .collect(Collectors.joining("; "))
                + (refused > notification.listedRefused().size() ? "; …" : "");
    }

    /** One that comes several times is a list, as HTTP has it: no secret and no signature but those that may be lists. */
    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }

    private ResponseEntity<Map<String, Object>> later(String receiver, String why, Duration wait) {
        measures.delivered(receiver, 429, 0, 0);
        String seconds = Long.toString(wait.plusMillis(999).toSeconds());
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", why, "help", "send it again in " + seconds + " s"));
    }

    private static ResponseEntity<Map<String, Object>> unavailable(String why) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_SECONDS))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", why));
    }

    private static ResponseEntity<Map<String, Object>> refused(Refusal refusal) {
        return ResponseEntity.status(refusal.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", refusal.why()));
    }
}
