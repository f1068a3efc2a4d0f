package dev.whydunit.server;

import dev.whydunit.config.Configuration;
import dev.whydunit.delivery.Backoff;
import dev.whydunit.delivery.Courier;
import dev.whydunit.delivery.Outbox;
import dev.whydunit.delivery.Outcome;
import dev.whydunit.delivery.StoredNotification;
import dev.whydunit.delivery.StoredNotification.State;
import dev.whydunit.engine.Event;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Message;
import dev.whydunit.notification.Notifications;
import dev.whydunit.running.InvestigationRequests.Claimed;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tells people how investigations ended and what waits for them. To tell is to write a row and a piece of work, which any node does: no
 * diagnosis waits for a channel. Thread-safe.
 */
final class Telling {
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration OLDEST = Duration.ofHours(24);
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    private final Notifications notifications;
    private final String environment;
    private final Database database;
    private final Outbox outbox;
    private final Courier courier;
    private final SecureRandom random = new SecureRandom();
    private final Backoff backoff = new Backoff(random);
    /** Channels that asked to be left alone, and until when. */
    private final Map<String, Instant> held = new ConcurrentHashMap<>();

    private volatile Optional<Wired> wired = Optional.empty();

    private record Wired(WorkQueue queue, Measures measures) {}

    Telling(Configuration configuration, Database database, Outbox outbox, Courier courier) {
        this.notifications = configuration.notifications();
        this.environment = configuration.environmentName();
        this.database = database;
        this.outbox = outbox;
        this.courier = courier;
    }

    static Courier courier(ServeSettings settings, Database database) {
        return new Courier(settings.configuration().environment(), database.clock());
    }

    /** To be called before anything is told. */
    void wire(WorkQueue queue, Measures measures) {
        notifications.channels().keySet().forEach(measures::channel);
        wired = Optional.of(new Wired(queue, measures));
    }

    Outbox outbox() {
        return outbox;
    }

    /**
     * Tells that an investigation has ended: once for each incident, channel and verdict. To do it again does nothing.
     *
     * @param journal gives the investigation's events, from the first on; asked only when somebody is to be told
     */
    void ended(String id, Optional<String> incident, Supplier<List<Event>> journal) {
        if (notifications.routes().isEmpty()) {
            return;
        }
        List<Event> events = journal.get();
        Optional<Event.Judged> judged = events.reversed().stream()
                .filter(Event.Judged.class::isInstance)
                .map(Event.Judged.class::cast)
                .findFirst();
        if (judged.isEmpty()) {
            return;
        }
        tell(
                "verdict " + incident.orElse(id) + " " + judged.get().verdict().status() + " "
                        + String.join(".", judged.get().verdict().path()),
                notifications.messages().ended(id, events, incident));
    }

    /** Tells that an investigation could not begin. */
    void failed(String id, Claimed claimed, String why) {
        String runbook = claimed.requested().runbook();
        tell(
                "failed " + claimed.incident().orElse(id) + " " + runbook,
                notifications
                        .messages()
                        .failed(id, runbook, environment, claimed.requested().alert(), claimed.incident(), why, now()));
    }

    /** Tells that a person is waited for. */
    void waits(PendingApproval asked, Claimed claimed) {
        tell(
                "approval " + asked.id(),
                notifications
                        .messages()
                        .approval(
                                asked.id(),
                                asked.investigation(),
                                asked.wish().step(),
                                asked.wish().command(),
                                asked.expiresAt(),
                                claimed.requested().runbook(),
                                environment,
                                claimed.requested().alert(),
                                claimed.incident(),
                                asked.askedAt()));
    }

    private void tell(String topic, Message message) {
        List<Channel> channels = notifications.channelsFor(message).stream()
                .filter(channel -> channel.objection(message).isEmpty())
                .toList();
        if (channels.isEmpty()) {
            return;
        }
        WorkQueue queue = wired.orElseThrow().queue();
        boolean any = database.commits()
                .submit(connection -> {
                    List<String> added = outbox.add(connection, topic, message, channels, now());
                    for (String id : added) {
                        queue.add(connection, Work.NOTIFY, id, now(), Work.BY_MESSAGE);
                    }
                    return !added.isEmpty();
                })
                .join();
        if (any) {
            queue.hurry();
        }
    }

    /** Makes an attempt at a message; does nothing when it was sent or given up before. */
    void deliver(String id) throws SQLException {
        Optional<Outbox.Waiting> waiting = outbox.waiting(id);
        if (waiting.isEmpty()) {
            return;
        }
        StoredNotification line = waiting.get().line();
        Channel channel = notifications.channels().get(line.channel());
        Instant now = now();
        if (channel == null) {
            end(line, State.FAILED, 0, "channel " + line.channel() + " is not configured any more");
            return;
        }
        if (now.isAfter(line.createdAt().plus(OLDEST))) {
            end(line, State.FAILED, line.status(), "given up after a day: " + line.said());
            return;
        }
        Instant hold = held.getOrDefault(channel.name(), now);
        if (hold.isAfter(now)) {
            throw new WorkQueue.Later(hold.plus(byChance()));
        }
        switch (outcome(channel, waiting.get().message(), id)) {
            case Outcome.Busy busy -> throw new WorkQueue.Later(now.plus(byChance()));
            case Outcome.Delivered delivered -> end(line, State.DELIVERED, delivered.status(), delivered.said());
            case Outcome.Refused refused -> end(line, State.FAILED, refused.status(), refused.said());
            case Outcome.Later later -> tryAgain(line, later);
        }
    }

    private Outcome outcome(Channel channel, Message message, String id) {
        try {
            return courier.deliver(channel, message, id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkQueue.LaidDown(e);
        }
    }

    private void tryAgain(StoredNotification line, Outcome.Later later) {
        Instant now = now();
        Optional<Instant> next = backoff.next(line.attempts() + 1, line.createdAt(), now, later.after());
        if (next.isEmpty()) {
            end(
                    line,
                    State.FAILED,
                    later.status(),
                    "given up after " + (line.attempts() + 1) + " attempts: " + later.said());
            return;
        }
        later.after()
                .map(wait -> wait.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : wait)
                .ifPresent(wait -> held.put(line.channel(), now.plus(wait)));
        database.commits()
                .submit(connection -> {
                    outbox.later(connection, line, later, next.get());
                    return true;
                })
                .join();
        wired.orElseThrow().measures().notified(line.channel(), "later");
        throw new WorkQueue.Later(next.get());
    }

    private void end(StoredNotification line, State state, int status, String said) {
        Instant now = now();
        boolean news = database.commits()
                .submit(connection -> {
                    boolean ended = outbox.end(connection, line, state, status, said, now);
                    if (ended && line.incident().isPresent()) {
                        IncidentStore.add(
                                connection, line.incident().get(), now, "notification", sentence(line, state, said));
                    }
                    return ended;
                })
                .join();
        if (news) {
            wired.orElseThrow().measures().notified(line.channel(), state.name().toLowerCase(Locale.ROOT));
        }
    }

    private String sentence(StoredNotification line, State state, String said) {
        String what = line.occasion()
                + line.investigation().map(id -> " (" + id + ")").orElse("");
        return state == State.DELIVERED
                ? "told " + line.channel() + ": " + what
                : "could not tell " + line.channel() + ": " + what + ": " + outbox.masked(said);
    }

    /** Between one second and two, so that not all come back at once. */
    private Duration byChance() {
        return BUSY.plusMillis(random.nextInt((int) BUSY.toMillis()));
    }

    private Instant now() {
        return database.clock().instant();
    }
}
