package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.digest.Sha256;
import dev.whydunit.engine.Approvals.Wish;
import dev.whydunit.store.AuditLine;
import dev.whydunit.store.Database;
import dev.whydunit.store.SortableTime;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What steps want to do and people said to it, in the database: any node may ask, any may take the answer, and a restart forgets neither. */
final class ApprovalStore {
    private static final String COLUMNS = "id, investigation, step, target, command, attempt, undo, approvers, sha256,"
            + " asked_at, expires_at, granted, answered_by";
    private static final int ID_BYTES = 9;
    /** In the column {@code granted}: a person's answer, or what became of it without one. */
    private static final int DENIED = 0;

    private static final int GRANTED = 1;
    private static final int WITHDRAWN = -1;
    private static final int EXPIRED = -2;
    private static final int MOST_AT_ONCE = 1_000;

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    ApprovalStore(Database database) {
        this.database = database;
    }

    /**
     * Asks, unless the very same was asked before and the answer to it can still come or be used: then that is it.
     *
     * @param shown the wish without secrets, as people see it
     * @return what is asked, with the answer if there is one
     */
    PendingApproval ask(String investigation, Wish wish, Wish shown) {
        String sha256 = Sha256.hex(wish.deed());
        return database.commits()
                .submit(connection -> {
                    Instant now = database.clock().instant();
                    Optional<PendingApproval> before = select(
                                    connection,
                                    ApprovalStore::row,
                                    "select " + COLUMNS + " from approval where investigation = ? and step = ?"
                                            + " and sha256 = ? and attempt = ? and used_at is null"
                                            + " and coalesce(granted, 0) >= 0 order by asked_at desc",
                                    investigation,
                                    wish.step(),
                                    sha256,
                                    wish.attempt())
                            .stream()
                            .filter(one -> now.isBefore(one.expiresAt())
                                    && one.wish().target().equals(shown.target())
                                    && one.wish().approvers().equals(wish.approvers()))
                            .findFirst();
                    if (before.isPresent()) {
                        return before.get();
                    }
                    byte[] bytes = new byte[ID_BYTES];
                    random.nextBytes(bytes);
                    PendingApproval asked = new PendingApproval(
                            "apr-" + HexFormat.of().formatHex(bytes),
                            investigation,
                            shown,
                            sha256,
                            now,
                            now.plus(wish.expires()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
                    update(
                            connection,
                            "insert into approval (id, investigation, step, target, command, attempt, undo, approvers,"
                                    + " sha256, asked_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            asked.id(),
                            investigation,
                            shown.step(),
                            shown.target().orElse(""),
                            shown.command(),
                            shown.attempt(),
                            shown.undo().orElse(""),
                            shown.approvers(),
                            sha256,
                            SortableTime.of(now),
                            SortableTime.of(asked.expiresAt()));
                    AuditLine.write(connection, now, "server", "asked for approval of step " + wish.step(), asked.id());
                    return asked;
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
                            "update approval set granted = ?, answered_by = ?, answered_at = ?"
                                    + " where id = ? and granted is null and expires_at > ?",
                            granted ? GRANTED : DENIED,
                            by,
                            now,
                            id,
                            SortableTime.of(now));
                    if (changed == 1) {
                        AuditLine.write(connection, now, by, granted ? "approved" : "denied", id);
                    }
                    return changed == 1;
                })
                .join();
    }

    /**
     * Uses an approval, which can be done once, before it expires, and by the node that is in charge of the investigation.
     *
     * @param charge the number of the attempt at the investigation that wants to use it
     * @return whether it may be acted upon now
     */
    boolean use(PendingApproval approval, int charge) {
        return database.commits()
                .submit(connection -> {
                    Instant now = database.clock().instant();
                    int used = update(
                            connection,
                            "update approval set used_at = ? where id = ? and granted = 1 and used_at is null and expires_at > ?"
                                    + " and exists (select 1 from investigation where id = ? and attempt = ?)",
                            now,
                            approval.id(),
                            SortableTime.of(now),
                            approval.investigation(),
                            charge);
                    if (used == 1) {
                        AuditLine.write(
                                connection,
                                now,
                                "server",
                                "runs step " + approval.wish().step() + " of " + approval.investigation()
                                        + ", approved by " + approval.by().orElse(""),
                                approval.id());
                    }
                    return used == 1;
                })
                .join();
    }

    /** Takes back what a step of an investigation asks and is not done yet, answered or not. */
    void withdraw(String investigation, String step, String why) {
        database.commits()
                .submit(connection -> {
                    withdraw(connection, database.clock().instant(), investigation, Optional.of(step), why);
                    return true;
                })
                .join();
    }

    /**
     * Takes back what an investigation asks and is not done yet, in somebody's transaction.
     *
     * @param step the one that asks; empty for all
     */
    static void withdraw(Connection connection, Instant now, String investigation, Optional<String> step, String why)
            throws SQLException {
        List<PendingApproval> open = select(
                connection,
                ApprovalStore::row,
                "select " + COLUMNS + " from approval where investigation = ? and used_at is null"
                        + " and (granted is null or granted = 1) and expires_at > ?",
                investigation,
                SortableTime.of(now));
        for (PendingApproval one : open) {
            if (step.isPresent() && !step.get().equals(one.wish().step())) {
                continue;
            }
            int withdrawn = update(
                    connection,
                    "update approval set granted = ?, answered_by = ?, answered_at = ? where id = ? and used_at is null",
                    WITHDRAWN,
                    why,
                    now,
                    one.id());
            if (withdrawn == 1) {
                AuditLine.write(connection, now, "server", "withdrew " + question(one) + ": " + why, one.id());
            }
        }
    }

    /**
     * Writes into the audit log which questions nobody answered in time: each once, whichever node sees it first, also when the one that
     * asked is gone.
     *
     * @return how many
     */
    int expire() throws SQLException {
        Instant now = database.clock().instant();
        List<PendingApproval> over = database.read(connection -> select(
                connection,
                ApprovalStore::row,
                "select " + COLUMNS + " from approval where granted is null and expires_at <= ?"
                        + " order by expires_at limit " + MOST_AT_ONCE,
                SortableTime.of(now)));
        if (over.isEmpty()) {
            return 0;
        }
        return database.commits()
                .submit(connection -> {
                    int expired = 0;
                    for (PendingApproval one : over) {
                        if (update(
                                        connection,
                                        "update approval set granted = ? where id = ? and granted is null",
                                        EXPIRED,
                                        one.id())
                                == 1) {
                            String what = question(one) + ", expired unanswered at " + one.expiresAt();
                            AuditLine.write(connection, now, "server", what, one.id());
                            expired++;
                        }
                    }
                    return expired;
                })
                .join();
    }

    private static String question(PendingApproval asked) {
        return "the question of step " + asked.wish().step() + " of " + asked.investigation()
                + asked.wish().target().map(target -> " on " + target).orElse("") + ", sha256 " + asked.sha256();
    }

    private static PendingApproval row(ResultSet row) throws SQLException {
        int granted = row.getInt(12);
        boolean open = row.wasNull();
        Instant asked = Instant.parse(row.getString(10));
        Instant expires = Instant.parse(row.getString(11));
        String command = row.getString(5);
        String sha256 = row.getString(9);
        return new PendingApproval(
                row.getString(1),
                row.getString(2),
                new Wish(
                        row.getString(3),
                        present(row.getString(4)),
                        command,
                        row.getInt(6),
                        present(row.getString(7)),
                        row.getString(8),
                        Duration.between(asked, expires)),
                // Earlier versions did not store it.
                sha256.isEmpty() ? Sha256.hex(command) : sha256,
                asked,
                expires,
                open || granted < DENIED ? Optional.empty() : Optional.of(granted == GRANTED),
                Optional.ofNullable(row.getString(13)).filter(by -> granted >= DENIED),
                Optional.ofNullable(row.getString(13)).filter(why -> granted == WITHDRAWN));
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(some -> !some.isEmpty());
    }
}
