package dev.whydunit.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * After which failures a connection to SQLite is not used again. A full disk, among others, ends the transaction behind the driver's back:
 * what is written by that connection afterwards would be in none.
 */
final class SqliteFaults implements SQLExceptionOverride {
    /** The low byte of the extended codes that SQLite gives. */
    private static final int PRIMARY = 0xff;

    private static final Set<Integer> LASTING = Set.of(
            SQLiteErrorCode.SQLITE_ERROR.code,
            SQLiteErrorCode.SQLITE_FULL.code,
            SQLiteErrorCode.SQLITE_IOERR.code,
            SQLiteErrorCode.SQLITE_READONLY.code,
            SQLiteErrorCode.SQLITE_CANTOPEN.code,
            SQLiteErrorCode.SQLITE_CORRUPT.code,
            SQLiteErrorCode.SQLITE_NOTADB.code,
            SQLiteErrorCode.SQLITE_NOMEM.code);

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return lasts(failure) ? Override.MUST_EVICT : Override.DO_NOT_EVICT;
    }

    static boolean lasts(SQLException failure) {
        return failure instanceof SQLiteException sqlite && LASTING.contains(sqlite.getResultCode().code & PRIMARY);
    }
}
