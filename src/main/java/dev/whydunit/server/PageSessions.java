package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.digest.Sha256;
import dev.whydunit.store.AuditLine;
import dev.whydunit.store.Database;
import dev.whydunit.store.SortableTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Those who signed in at the pages with an API token. The browser keeps a random text of which only the hash is stored, in the database, so
 * that every node knows it; it ends after an hour, at sign-out, and with its token.
 */
final class PageSessions {
    static final Duration LIFE = Duration.ofHours(1);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    /**
     * Somebody who signed in.
     *
     * @param csrf what their forms must bring along
     */
    record Session(Tokens.Holder holder, String csrf) {
        /** In constant time, since it is what keeps others' pages out. */
        boolean sent(String given) {
            return MessageDigest.isEqual(
                    csrf.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Database database;

    PageSessions(Database database) {
        this.database = database;
    }

    /** Lets a token's holder in; gives what the browser keeps. */
    String begin(Tokens.Holder holder) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        database.commits()
                .submit(connection -> {
                    Instant now = database.clock().instant();
                    update(connection, "delete from page_session where expires_at < ?", SortableTime.of(now));
                    AuditLine.write(connection, now, holder.name(), "signed in to the pages", holder.id());
                    return update(
                            connection,
                            "insert into page_session (hash, token, created_at, expires_at) values (?, ?, ?, ?)",
                            Sha256.hex(text),
                            holder.id(),
                            now,
                            SortableTime.of(now.plus(LIFE)));
                })
                .join();
        return text;
    }

    /** Whose it is; empty when it is nobody's, has ended, or its token was revoked. */
    Optional<Session> find(String text) throws SQLException {
        return database.read(connection -> select(
                        connection,
                        row -> new Session(
                                new Tokens.Holder(
                                        row.getString(1),
                                        row.getString(2),
                                        Role.named(row.getString(3)).orElse(Role.VIEWER)),
                                Sha256.hex("csrf " + text)),
                        "select t.id, t.name, t.role from page_session s join token t on t.id = s.token"
                                + " where s.hash = ? and s.expires_at > ? and t.revoked_at is null",
                        Sha256.hex(text),
                        SortableTime.of(database.clock().instant()))
                .stream()
                .findFirst());
    }

    /** Ends it. */
    void end(String text) {
        database.commits()
                .submit(connection -> update(connection, "delete from page_session where hash = ?", Sha256.hex(text)))
                .join();
    }
}
