package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.digest.Sha256;
import dev.whydunit.store.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * API tokens. Only their SHA-256 is kept: they are 256 random bits, which nobody finds by trying, so a slow hash would
 * protect nothing.
 */
final class Tokens {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Who a token stands for. */
    record Holder(String id, String name, Role role) {}

    /** A token that was made; its text is known this once. */
    record Made(Holder holder, String text) {}

    private static final int MOST_SEEN = 1_000;
    private static final String OURS = "wdu_";
    private static final int BYTES = 32;

    private final Database database;
    private final Map<String, Holder> seen = new ConcurrentHashMap<>();

    Tokens(Database database) {
        this.database = database;
    }

    /**
     * Sees to it that somebody can come in.
     *
     * @param given a token that the operator chose, which is then an administrator's
     * @return a token to print once, when there was none at all
     */
    Optional<String> first(Optional<String> given, Instant now) throws SQLException {
        if (given.isPresent()) {
            Made chosen = new Made(new Holder("given", "WHYDUNIT_ADMIN_TOKEN", Role.ADMIN), given.get());
            keep(chosen, now);
            seen.put(Sha256.hex(chosen.text()), chosen.holder());
            return Optional.empty();
        }
        boolean none =
                database.read(connection -> select(connection, row -> row.getString(1), "select id from token limit 1")
                        .isEmpty());
        return none ? Optional.of(make("first administrator", Role.ADMIN, now).text()) : Optional.empty();
    }

    Made make(String name, Role role, Instant now) {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        byte[] id = new byte[6];
        RANDOM.nextBytes(id);
        Made made = new Made(
                new Holder("tok-" + HexFormat.of().formatHex(id), name, role),
                OURS + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        keep(made, now);
        return made;
    }

    private void keep(Made made, Instant now) {
        database.commits()
                .submit(connection -> update(
                        connection,
                        "insert into token (id, name, role, hash, created_at) values (?, ?, ?, ?, ?)"
                                + " on conflict (id) do update set hash = excluded.hash, revoked_at = null",
                        made.holder().id(),
                        made.holder().name(),
                        made.holder().role().word(),
                        Sha256.hex(made.text()),
                        now))
                .join();
    }

    /** Whether it may be one that was made here: nobody guesses one of those. */
    static boolean isOurs(String text) {
        return text.startsWith(OURS) && text.length() == OURS.length() + (BYTES * 8 + 5) / 6;
    }

    /** Whose token it is; empty when it is nobody's or was revoked. */
    Optional<Holder> holder(String text) throws SQLException {
        String hash = Sha256.hex(text);
        Optional<Holder> holder = database.read(connection -> select(
                        connection,
                        Tokens::holder,
                        "select id, name, role from token where hash = ? and revoked_at is null",
                        hash)
                .stream()
                .findFirst());
        if (seen.size() >= MOST_SEEN) {
            seen.clear();
        }
        if (holder.isPresent()) {
            seen.put(hash, holder.get());
        } else {
            seen.remove(hash);
        }
        return holder;
    }

    /** Whose token it was when the database was last asked: good enough to be told why the database cannot be asked now, and for nothing else. */
    Optional<Holder> lastKnown(String text) {
        return Optional.ofNullable(seen.get(Sha256.hex(text)));
    }

    List<Holder> list() throws SQLException {
        return database.read(connection -> select(
                connection,
                Tokens::holder,
                "select id, name, role from token where revoked_at is null order by created_at"));
    }

    /** Whether there was such a token. */
    boolean revoke(String id, Instant now) {
        return database.commits()
                        .submit(connection -> update(
                                connection,
                                "update token set revoked_at = ? where id = ? and revoked_at is null",
                                now,
                                id))
                        .join()
                == 1;
    }

    private static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                row.getString(1), row.getString(2), Role.named(row.getString(3)).orElse(Role.VIEWER));
    }
}
