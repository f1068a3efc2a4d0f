package dev.whydunit.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that is not there from a statement that it refuses. */
public final class Unreachable {
    /** PostgreSQL is being shut down, has crashed, or is starting. */
    private static final Set<String> STARTING_OR_STOPPING = Set.of("57P01", "57P02", "57P03");

    private Unreachable() {}

    /** Whether this is the loss of the connection, which every other statement would meet too. */
    public static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLRecoverableException) {
                return true;
            }
            String state = cause instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
            if (state.startsWith("08") || STARTING_OR_STOPPING.contains(state)) {
                return true;
            }
        }
        return false;
    }
}
