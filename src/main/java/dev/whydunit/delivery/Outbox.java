package dev.whydunit.delivery;

import static dev.whydunit.store.Statements.NOTHING;
import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.whydunit.delivery.StoredNotification.State;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Message;
import dev.whydunit.schema.Names;
import dev.whydunit.store.Database;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages that have to be sent, and those that were, in the database: a crash loses none, and any node may send them. What was told on a
 * channel is not told there again.
 */
public final class Outbox {
    /** That wait for one channel; what comes on top is not sent, and says so. */
    private static final int MOST_WAITING = 1_000;

    private static final String COLUMNS =
            "id, channel, occasion, investigation, incident, state, attempts, created_at, next_at, ended_at, status, said";
    private static final int ID_BYTES = 9;
    /** What is absent is left out. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private final Database database;
    private final Supplier<SecretMask> mask;
    private final SecureRandom random = new SecureRandom();

    /** @param mask takes secrets out of what is stored, as they are now */
    public Outbox(Database database, Supplier<SecretMask> mask) {
        this.database = database;
        this.mask = mask;
    }

    /**
     * Puts a message in for each channel that was not told of this before, in somebody's transaction.
     *
     * @param topic what it tells; the same again is not told again
     * @return the ids of those that have to be sent
     */
    public List<String> add(Connection connection, String topic, Message message, List<Channel> channels, Instant now)
            throws SQLException {
        String body = JSON.writeValueAsString(
                mask.get().data(JSON.readValue(JSON.writeValueAsString(message), Object.class)));
        List<String> added = new ArrayList<>();
        for (Channel channel : channels) {
            boolean full = waiting(connection, channel.name()) >= MOST_WAITING;
            byte[] bytes = new byte[ID_BYTES];
            random.nextBytes(bytes);
            String id = "ntf-" + HexFormat.of().formatHex(bytes);
            int inserted = update(
                    connection,
                    "insert into notification (id, channel, topic, occasion, investigation, incident, body, state, attempts,"
                            + " created_at, next_at, ended_at, status, said) values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0, ?)"
                            + " on conflict (channel, topic) do nothing",
                    id,
                    channel.name(),
                    topic,
                    message.occasion().word(),
                    orNothing(message.investigation()),
                    orNothing(message.incident()),
                    body,
                    word(full ? State.FAILED : State.WAITING),
                    now,
                    full ? NOTHING : now,
                    full ? now : NOTHING,
                    full ? MOST_WAITING + " messages wait for this channel: it was not sent" : "");
            if (inserted == 1 && !full) {
                added.add(id);
            }
        }
        return List.copyOf(added);
    }

    private static int waiting(Connection connection, String channel) throws SQLException {
        return select(
                        connection,
                        row -> row.getInt(1),
                        "select count(*) from notification where state = 'waiting' and channel = ?",
                        channel)
                .getFirst();
    }

    /** One that waits, with its message; empty when there is none, or it waits no more. */
    public Optional<Waiting> waiting(String id) throws SQLException {
        return database.read(connection -> select(
                        connection,
                        row -> new Waiting(row(row), JSON.readValue(row.getString(13), Message.class)),
                        "select " + COLUMNS + ", body from notification where id = ? and state = 'waiting'",
                        id)
                .stream()
                .findFirst());
    }

    /** A message that is to be sent. */
    public record Waiting(StoredNotification line, Message message) {}

    /** Notes that an attempt was made after which it is tried again. */
    public void later(Connection connection, StoredNotification line, Outcome outcome, Instant next)
            throws SQLException {
        update(
                connection,
                "update notification set attempts = ?, next_at = ?, status = ?, said = ? where id = ? and state = 'waiting'",
                line.attempts() + 1,
                next,
                outcome.status(),
                masked(outcome.said()),
                line.id());
    }

    /**
     * Notes how it ended.
     *
     * @return whether that is news: false when another attempt ended it meanwhile
     */
    public boolean end(
            Connection connection, StoredNotification line, State state, int status, String said, Instant now)
            throws SQLException {
        return update(
                        connection,
                        "update notification set state = ?, attempts = ?, next_at = null, ended_at = ?, status = ?, said = ?"
                                + " where id = ? and state = 'waiting'",
                        word(state),
                        line.attempts() + 1,
                        now,
                        status,
                        masked(said),
                        line.id())
                == 1;
    }

    /** A text without secrets. */
    public String masked(String text) {
        return mask.get().text(text);
    }

    /** The newest first. */
    public List<StoredNotification> list(int limit) throws SQLException {
        return database.read(connection -> select(
                connection,
                Outbox::row,
                "select " + COLUMNS + " from notification order by created_at desc, id limit ?",
                limit));
    }

    private static StoredNotification row(ResultSet row) throws SQLException {
        return new StoredNotification(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                row.getInt(7),
                Instant.parse(row.getString(8)),
                Optional.ofNullable(row.getString(9)).map(Instant::parse),
                Optional.ofNullable(row.getString(10)).map(Instant::parse),
                row.getInt(11),
                row.getString(12));
    }

    private static String word(State state) {
        return Names.choice(state);
    }

    private static Object orNothing(Optional<String> text) {
        return text.<Object>map(value -> value).orElse(NOTHING);
    }
}
