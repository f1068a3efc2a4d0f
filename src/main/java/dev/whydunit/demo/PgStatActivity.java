package dev.whydunit.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.tools.SimpleResultSet;

/**
 * PostgreSQL's view of the sessions of a server, made from H2's, so that the query that a team runs against PostgreSQL runs
 * here unchanged. It is a function in the server since H2 shows a user who is no administrator only their own session.
 */
public final class PgStatActivity {
    private static final String SESSIONS = """
            select session_id, user_name, client_addr, client_info, session_start, executing_statement,
                   executing_statement_start, contains_uncommitted, session_state, blocker_id, sleep_since
            from information_schema.sessions where session_id <> session_id()""";

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static volatile @org.jspecify.annotations.Nullable Connection owner;

    private PgStatActivity() {}

    /** Takes the administrator's connection that all sessions are read with. */
    static void readWith(Connection connection) {
        owner = connection;
    }

    /** Creates the view and the functions {@code pg_blocking_pids} and {@code pg_backend_pid}. */
    static void create(Statement statement) throws SQLException {
        String functions = PgStatActivity.class.getName();
        statement.execute("create alias pg_stat_get_activity for '" + functions + ".sessions'");
        statement.execute("create alias pg_blocking_pids for '" + functions + ".blockers'");
        statement.execute("create alias pg_backend_pid for '" + functions + ".caller'");
        statement.execute("create view pg_stat_activity as select * from pg_stat_get_activity()");
    }

    /** The rows of {@code pg_stat_activity}; called by the database. */
    public static ResultSet sessions(Connection caller) throws SQLException {
        SimpleResultSet rows = new SimpleResultSet();
        rows.addColumn("pid", Types.INTEGER, 10, 0);
        rows.addColumn("usename", Types.VARCHAR, 64, 0);
        rows.addColumn("application_name", Types.VARCHAR, 64, 0);
        rows.addColumn("client_addr", Types.VARCHAR, 64, 0);
        rows.addColumn("backend_start", Types.TIMESTAMP_WITH_TIMEZONE, 0, 6);
        rows.addColumn("xact_start", Types.TIMESTAMP_WITH_TIMEZONE, 0, 6);
        rows.addColumn("query_start", Types.TIMESTAMP_WITH_TIMEZONE, 0, 6);
        rows.addColumn("state_change", Types.TIMESTAMP_WITH_TIMEZONE, 0, 6);
        rows.addColumn("wait_event_type", Types.VARCHAR, 32, 0);
        rows.addColumn("wait_event", Types.VARCHAR, 32, 0);
        rows.addColumn("state", Types.VARCHAR, 32, 0);
        rows.addColumn("query", Types.VARCHAR, 10_000, 0);
        rows.addColumn("backend_type", Types.VARCHAR, 32, 0);
        if (!"jdbc:columnlist:connection".equals(caller.getMetaData().getURL())) {
            read(found -> rows.addRow(row(found)));
        }
        return rows;
    }

    /** The session that asks; called by the database. */
    public static int caller(Connection caller) throws SQLException {
        try (Statement statement = caller.createStatement();
                ResultSet found = statement.executeQuery("select session_id()")) {
            found.next();
            return found.getInt(1);
        }
    }

    /** The sessions that a session waits for; called by the database. */
    public static Integer[] blockers(int pid) throws SQLException {
        List<Integer> blockers = new ArrayList<>();
        read(found -> {
            int blocker = found.getInt("blocker_id");
            if (found.getInt("session_id") == pid && !found.wasNull() && blocker != 0) {
                blockers.add(blocker);
            }
        });
        return blockers.toArray(Integer[]::new);
    }

    private static Object[] row(ResultSet found) throws SQLException {
        String h2State = found.getString("session_state");
        boolean blocked = "BLOCKED".equals(h2State);
        boolean active = blocked || "RUNNING".equals(h2State) || "THROTTLED".equals(h2State);
        boolean open = found.getBoolean("contains_uncommitted");
        Object sleeping = found.getObject("sleep_since");
        Object statementStart = found.getObject("executing_statement_start");
        return new Object[] {
            found.getInt("session_id"),
            found.getString("user_name"),
            "",
            found.getString("client_addr"),
            found.getObject("session_start"),
            // H2 does not say when a transaction began; the statement or the pause is the latest that it can have been.
            active ? statementStart : open ? sleeping : null,
            statementStart,
            active ? statementStart : sleeping,
            blocked ? "Lock" : active ? null : "Client",
            blocked ? "transactionid" : active ? null : "ClientRead",
            active ? "active" : open ? "idle in transaction" : "idle",
            found.getString("executing_statement"),
            "client backend"
        };
    }

    private static void read(RowReader reader) throws SQLException {
        Connection connection = owner;
        if (connection == null) {
            return;
        }
        LOCK.lock();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(SESSIONS)) {
            while (found.next()) {
                reader.read(found);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
