package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.store.Database;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.annotation.Secured;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The events of an investigation as they are journaled, as server-sent events. They are read from the journal: it does not matter which node
 * works on the investigation and which one is listened to. The id of an event is its number, from 1: a listener that was cut off
 * sends the last one as {@code Last-Event-ID} and misses nothing.
 */
@RestController
final class EventStream {
    /** At once on a node. Each is a virtual thread that mostly waits. */
    static final int MOST_LISTENERS = 200;

    private static final long LOOK_MILLIS = 400;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int BATCH = 200;
    private static final int RETRY_SECONDS = 10;

    private final Database database;
    private final Semaphore places = new Semaphore(MOST_LISTENERS);
    private final CountDownLatch closing = new CountDownLatch(1);

    EventStream(Database database) {
        this.database = database;
    }

    private record Line(int seq, String body) {}

    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.countDown();
    }

    @Secured(Role.VIEW)
    @GetMapping("/api/investigations/{id}/events")
    void events(
            @PathVariable("id") String id,
            @RequestHeader(name = "Last-Event-ID", required = false) Optional<String> last,
            HttpServletResponse response)
            throws IOException, SQLException, InterruptedException {
        if (ended(id).isEmpty()) {
            refuse(response, 404, "there is no such investigation");
        } else if (last.isPresent() && !last.get().matches("[0-9]{1,9}")) {
            refuse(response, 400, "Last-Event-ID is the number of an event");
        } else if (!places.tryAcquire()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_SECONDS));
            refuse(response, 503, MOST_LISTENERS + " listen already, which is as many as this node serves");
        } else {
            try {
                stream(id, last.map(Integer::parseInt).orElse(0), response);
            } finally {
                places.release();
            }
        }
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().print("{\"error\":\"" + why + "\"}");
    }

    private void stream(String id, int after, HttpServletResponse response)
            throws IOException, SQLException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies that collect answers would hold events back.
        response.setHeader("X-Accel-Buffering", "no");
        PrintWriter out = response.getWriter();
        long begun = System.nanoTime();
        long said = begun;
        int seq = after;
        response.flushBuffer();
        do {
            // Whether it has ended is looked at first: all of its events are there then.
            boolean over = ended(id).orElse(true);
            List<Line> lines = lines(id, seq);
            for (Line line : lines) {
                out.print("id: " + line.seq() + "\ndata: " + line.body() + "\n\n");
                seq = line.seq();
            }
            if (over && lines.size() < BATCH) {
                out.print("event: end\ndata: {}\n\n");
                out.flush();
                return;
            }
            if (lines.isEmpty() && System.nanoTime() - said > HEARTBEAT_NANOS) {
                out.print(": still here\n\n");
            }
            if (!lines.isEmpty() || System.nanoTime() - said > HEARTBEAT_NANOS) {
                said = System.nanoTime();
                if (out.checkError()) {
                    return;
                }
            }
        } while (System.nanoTime() - begun < LONGEST_NANOS && !closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    }

    private List<Line> lines(String id, int after) throws SQLException {
        return database.read(connection -> select(
                connection,
                row -> new Line(row.getInt(1), row.getString(2)),
                "select seq, body from event where investigation = ? and seq > ? order by seq limit " + BATCH,
                id,
                after));
    }

    /** Whether it has ended; empty when there is none of this id. */
    private Optional<Boolean> ended(String id) throws SQLException {
        return database
                .read(connection -> select(
                        connection,
                        row -> row.getString(1) != null,
                        "select ended_at from investigation where id = ?",
                        id))
                .stream()
                .findFirst();
    }
}
