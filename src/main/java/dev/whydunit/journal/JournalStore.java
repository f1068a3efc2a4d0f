package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.JournalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The journal of all investigations, in one SQLite database under the state directory. Several processes may use it at
 * once. What was flushed survives a crash of the process and of the machine (WAL, synchronous=FULL; see
 * docs/decisions/0002-embedded-journal.md).
 */
public final class JournalStore implements AutoCloseable {
    private static final int SCHEMA_VERSION = 1;
    private static final int RUNS_REMEMBERED = 20;
    private static final String[] SCHEMA = {
        """
        create table investigation (
          id text primary key,
          runbook text not null,
          environment text not null,
          started_at text not null,
          ended_at text,
          status text,
          path text not null default '',
          probability double precision not null default 0)""",
        "create index investigation_started on investigation (started_at)",
        """
        create table event (
          investigation text not null references investigation (id),
          seq integer not null,
          type text not null,
          at text not null,
          body text not null,
          hash text not null,
          primary key (investigation, seq))""",
        """
        create table step_duration (
          runbook text not null,
          step text not null,
          at text not null,
          seconds double precision not null)""",
        "create index step_duration_step on step_duration (runbook, step, at)",
        "pragma user_version = " + SCHEMA_VERSION
    };

    private final Path file;
    private final Connection connection;

    private JournalStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Loads what it takes to keep events, ahead of the first; nothing is opened or written. */
    public static void load() {
        EventJson.write(new Event.Ended(Instant.EPOCH, ""));
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // Opening the journal fails for the same reason, and says so.
            return;
        }
    }

    /**
     * Opens the journal, and makes it when there is none.
     *
     * @param state the state directory; made, readable by its owner alone, when it is not there
     * @throws JournalFailure when it cannot be opened or was written by a later version
     */
    public static JournalStore open(Path state) {
        Path file = state.resolve("journal.db");
        try {
            makeState(state);
            Connection connection = connect(file);
            try {
                prepare(file, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
            return new JournalStore(file, connection);
        } catch (IOException | SQLException e) {
            throw new JournalFailure(
                    "cannot open the journal " + file + ": " + e.getMessage()
                            + "; set WHYDUNIT_STATE or --state to a folder that you may write to",
                    e);
        }
    }

    private static void makeState(Path state) throws IOException {
        if (!Files.isDirectory(state)) {
            Files.createDirectories(
                    state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("foreign_keys", "true");
        // A write transaction takes its lock at once, so that two processes wait for each other instead of failing.
        settings.setProperty("transaction_mode", "IMMEDIATE");
        return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
    }

    private static void prepare(Path file, Connection connection) throws SQLException {
        int version = version(connection);
        if (version > SCHEMA_VERSION) {
            throw new JournalFailure(
                    "the journal " + file + " was written by a later version (schema " + version + ", this one knows "
                            + SCHEMA_VERSION + "); use that version, or another state directory",
                    new SQLException("schema version " + version));
        }
        if (version == SCHEMA_VERSION) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (version(connection) == 0) {
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma user_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** The database's file, for messages. */
    public Path file() {
        return file;
    }

    /**
     * Begins to keep the events of an investigation. Close it at the end: that flushes.
     *
     * @param id a new id
     */
    public JournalWriter begin(String id) {
        try {
            return new JournalWriter(id, file, connect(file));
        } catch (SQLException e) {
            throw failure("begin an investigation in", e);
        }
    }

    /** The newest investigations first. */
    public List<StoredInvestigation> list(int limit) {
        try (PreparedStatement statement =
                connection.prepareStatement("select * from investigation order by started_at desc, id desc limit ?")) {
            statement.setInt(1, limit);
            List<StoredInvestigation> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new StoredInvestigation(
                            rows.getString("id"),
                            rows.getString("runbook"),
                            rows.getString("environment"),
                            Instant.parse(rows.getString("started_at")),
                            Optional.ofNullable(rows.getString("ended_at")).map(Instant::parse),
                            Optional.ofNullable(rows.getString("status")),
                            rows.getString("path"),
                            rows.getDouble("probability")));
                }
            }
            return List.copyOf(found);
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /**
     * Ids that begin with a text, at most ten, newest first: as with a commit's id, the beginning is enough where it is
     * unambiguous.
     */
    public List<String> matching(String prefix) {
        try (PreparedStatement statement = connection.prepareStatement(
                "select id from investigation where substr(id, 1, ?) = ? order by started_at desc limit 10")) {
            statement.setInt(1, prefix.length());
            statement.setString(2, prefix);
            List<String> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return List.copyOf(ids);
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /** All events of an investigation, checked against their hash chain; no events when there is no such id. */
    public StoredEvents events(String id) {
        try (PreparedStatement statement =
                connection.prepareStatement("select seq, body, hash from event where investigation = ? order by seq")) {
            statement.setString(1, id);
            List<Event> events = new ArrayList<>();
            String previous = HashChain.START;
            int brokenAt = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String body = rows.getString("body");
                    String hash = HashChain.next(previous, body);
                    if (brokenAt == 0
                            && (!hash.equals(rows.getString("hash")) || rows.getInt("seq") != events.size() + 1)) {
                        brokenAt = events.size() + 1;
                    }
                    events.add(EventJson.read(body));
                    previous = hash;
                }
            }
            return new StoredEvents(id, events, brokenAt == 0, brokenAt);
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /**
     * What each step of a runbook took when it ended well: the median of its last twenty runs, in seconds, by step.
     */
    public Map<String, Double> medianSeconds(String runbook) {
        try (PreparedStatement statement = connection.prepareStatement(
                "select step, seconds from step_duration where runbook = ? order by at desc limit 2000")) {
            statement.setString(1, runbook);
            Map<String, List<Double>> taken = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<Double> last = taken.computeIfAbsent(rows.getString(1), step -> new ArrayList<>());
                    if (last.size() < RUNS_REMEMBERED) {
                        last.add(rows.getDouble(2));
                    }
                }
            }
            Map<String, Double> medians = new HashMap<>();
            taken.forEach((step, last) -> {
                last.sort(null);
                medians.put(step, last.get(last.size() / 2));
            });
            return Map.copyOf(medians);
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    private JournalFailure failure(String what, SQLException e) {
        return new JournalFailure("cannot " + what + " the journal " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("close", e);
        }
    }
}
