package dev.whydunit.server;

import dev.whydunit.running.RunbookFiles;
import dev.whydunit.store.Database;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

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

    private final Database database;

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
            keep(new Made(new Holder("given", "WHYDUNIT_ADMIN_TOKEN", Role.ADMIN), given.get()), now);
            return Optional.empty();
        }
        boolean none = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select 1 from token limit 1");
                    ResultSet rows = select.executeQuery()) {
                return !rows.next();
            }
        });
        return none ? Optional.of(make("first administrator", Role.ADMIN, now).text()) : Optional.empty();
    }

    Made make(String name, Role role, Instant now) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        byte[] id = new byte[6];
        RANDOM.nextBytes(id);
        Made made = new Made(
                new Holder("tok-" + HexFormat.of().formatHex(id), name, role),
                "wdu_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        keep(made, now);
        return made;
    }

    private void keep(Made made, Instant now) {
        database.commits()
                .submit(connection -> {
                    try (PreparedStatement insert = connection.prepareStatement(
                            "insert into token (id, name, role, hash, created_at) values (?, ?, ?, ?, ?)"
                                    + " on conflict (id) do update set hash = excluded.hash, revoked_at = null")) {
                        insert.setString(1, made.holder().id());
                        insert.setString(2, made.holder().name());
                        insert.setString(3, made.holder().role().word());
                        insert.setString(4, RunbookFiles.sha256(made.text()));
                        insert.setString(5, now.toString());
                        return insert.executeUpdate();
                    }
                })
                .join();
    }

    /** Whose token it is; empty when it is nobody's or was revoked. */
    Optional<Holder> holder(String text) throws SQLException {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, name, role from token where hash = ? and revoked_at is null")) {
                select.setString(1, RunbookFiles.sha256(text));
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(holder(rows)) : Optional.empty();
                }
            }
        });
    }

    List<Holder> list() throws SQLException {
        return database.read((Connection connection) -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select id, name, role from token where revoked_at is null order by created_at");
                    ResultSet rows = select.executeQuery()) {
                List<Holder> holders = new ArrayList<>();
                while (rows.next()) {
                    holders.add(holder(rows));
                }
                return holders;
            }
        });
    }

    /** Whether there was such a token. */
    boolean revoke(String id, Instant now) {
        return database.commits()
                        .submit(connection -> {
                            try (PreparedStatement update = connection.prepareStatement(
                                    "update token set revoked_at = ? where id = ? and revoked_at is null")) {
                                update.setString(1, now.toString());
                                update.setString(2, id);
                                return update.executeUpdate();
                            }
                        })
                        .join()
                == 1;
    }

    private static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                row.getString(1), row.getString(2), Role.named(row.getString(3)).orElse(Role.VIEWER));
    }
}
