package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.digest.Sha256;
import dev.whydunit.store.AuditLine;
import dev.whydunit.store.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What steps want to do and people said to it, in the database: any node may ask, any may take the answer, and a restart forgets neither. */
final class ApprovalStore {
    private static final String COLUMNS =
            "id, investigation, step, command, asked_at, expires_at, granted, answered_by";
    private static final int ID_BYTES = 9;

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    ApprovalStore(Database database) {
        this.database = database;
    }

    /**
     * Asks, unless the very same was asked before and can still be answered or was: then that is it.
     *
     * @return what is asked, with the answer if there is one
     */
    PendingApproval ask(String investigation, String step, String command, Duration patience) {
        return database.commits()
                .submit(connection -> {
                    Instant now = database.clock().instant();
                    Optional<PendingApproval> before = select(
                                    connection,
                                    ApprovalStore::row,
                                    "select " + COLUMNS
                                            + " from approval where investigation = ? and step = ? and command = ? order by asked_at desc",
                                    investigation,
                                    step,
                                    command)
                            .stream()
                            .filter(one -> now.isBefore(one.expiresAt()))
                            .findFirst();
                    if (before.isPresent()) {
                        return before.get();
                    }
                    byte[] bytes = new byte[ID_BYTES];
                    random.nextBytes(bytes);
                    String id = "apr-" + HexFormat.of().formatHex(bytes);
                    update(
                            connection,
                            "insert into approval (id, investigation, step, command, asked_at, expires_at) values (?, ?, ?, ?, ?, ?)",
                            id,
                            investigation,
                            step,
                            command,
                            now,
                            now.plus(patience));
                    AuditLine.write(connection, now, "server", "asked for approval of step " + step, id);
                    return new PendingApproval(
                            id,
                            investigation,
                            step,
                            command,
                            Sha256.hex(command),
                            now,
                            now.plus(patience),
                            Optional.empty(),
                            Optional.empty());
                })
                .join();
    }

    /** One of them. */
    Optional<PendingApproval> find(String id) throws SQLException {
        return database.read(connection ->
                select(connection, ApprovalStore::row, "select " + COLUMNS + " from approval where id = ?", id).stream()
                        .findFirst());
    }

    /** Those that wait, the newest first, at most a thousand. */
    List<PendingApproval> waiting() throws SQLException {
        Instant now = database.clock().instant();
        return database.read(connection -> select(
                        connection,
                        ApprovalStore::row,
                        "select " + COLUMNS + " from approval where granted is null order by asked_at desc limit 1000")
                .stream()
                .filter(one -> one.waits(now))
                .toList());
    }

    /**
     * Keeps an answer, if it is the first and in time.
     *
     * @return whether it counts
     */
    boolean answer(String id, boolean granted, String by) {
        return database.commits()
                .submit(connection -> {
                    Instant now = database.clock().instant();
                    int changed = update(
                            connection,
                            "update approval set granted = ?, answered_by = ?, answered_at = ? where id = ? and granted is null and expires_at > ?",
                            granted ? 1 : 0,
                            by,
                            now,
                            id,
                            now.toString());
                    if (changed == 1) {
                        AuditLine.write(connection, now, by, granted ? "approved" : "denied", id);
                    }
                    return changed == 1;
                })
                .join();
    }

    private static PendingApproval row(ResultSet row) throws SQLException {
        int granted = row.getInt(7);
        boolean open = row.wasNull();
        String command = row.getString(4);
        return new PendingApproval(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                command,
                Sha256.hex(command),
                Instant.parse(row.getString(5)),
                Instant.parse(row.getString(6)),
                open ? Optional.empty() : Optional.of(granted == 1),
                Optional.ofNullable(row.getString(8)));
    }
}
