package dev.whydunit.store;

import static dev.whydunit.store.Statements.update;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;

/** A line of the audit log: who did what, when. Lines are only added, and pruned by age. */
public final class AuditLine {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;

    private AuditLine() {}

    /**
     * Adds one in somebody's transaction.
     *
     * @param who a token's name, or the server itself
     * @param what was done
     * @param about what it was done to
     */
    public static int write(Connection connection, Instant at, String who, String what, String about)
            throws SQLException {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return update(
                connection,
                "insert into audit (id, at, who, what, about) values (?, ?, ?, ?, ?)",
                HexFormat.of().formatHex(id),
                at,
                who,
                what,
                about);
    }
}
