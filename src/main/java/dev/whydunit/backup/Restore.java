package dev.whydunit.backup;

import dev.whydunit.engine.Artifact;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.HashChain;
import dev.whydunit.store.Database;
import dev.whydunit.store.OlderRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Puts a backup into a state, of whichever database. All of it is checked first; then the files are put beside those that are there, each
 * under the hash of its content; then all rows are replaced in one transaction. Whatever fails, the rows are as they were.
 */
public final class Restore {
    private static final int PAGE = 500;
    private static final int MOST_NAMED = 20;
    private static final String EVENTS = "event";
    /** Without a row in one of these, there is nothing to lose. */
    private static final List<String> CONTENT = List.of("investigation", "alert", "incident", "token");

    private final Database database;
    private final FileArtifacts artifacts;

    /**
     * What was put back.
     *
     * @param createdAt when the backup was made
     * @param changed investigations whose events had been changed before they were backed up; at most twenty of them
     * @param missing SHA-256 of files that were not there when it was made
     */
    public record Restored(String createdAt, long rows, int files, List<String> changed, List<String> missing) {
        /** Keeps its own copies of the lists. */
        public Restored {
            changed = List.copyOf(changed);
            missing = List.copyOf(missing);
        }
    }

    /** Into this database and these files. No server may be using them. */
    public Restore(Database database, FileArtifacts artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /**
     * Restores.
     *
     * @param replace whether what is there already may be replaced
     * @throws BackupFailure when the archive is not whole and unchanged, or cannot be put in; the rows are as they were
     */
    public Restored read(Path file, boolean replace) throws BackupFailure {
        try (Archive archive = Archive.open(file)) {
            Manifest manifest = archive.manifest();
            List<String> changed = check(archive);
            int schema = database.read(Backup::version);
            if (manifest.databaseSchema() > schema) {
                throw new BackupFailure("the backup's tables are of version " + manifest.databaseSchema()
                        + ", this program's of " + schema + ": restore it with a newer whydunit");
            }
            if (!replace && !isEmpty()) {
                throw new BackupFailure(
                        "there is something in " + database.name() + " already; --force replaces all of it");
            }
            int files = files(archive);
            rows(archive);
            return new Restored(
                    manifest.createdAt(),
                    manifest.entries().stream().mapToLong(Manifest.Entry::rows).sum(),
                    files,
                    changed,
                    manifest.missing());
        } catch (IOException e) {
            throw new BackupFailure(file + " cannot be restored: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new BackupFailure("cannot restore into " + database.name() + ": " + e.getMessage(), e);
        }
    }

    private boolean isEmpty() throws SQLException {
        return database.read(connection -> {
            for (String table : CONTENT) {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                    if (row.next() && row.getLong(1) > 0) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    /** Reads all of it once; gives the investigations whose events had been changed before. */
    private static List<String> check(Archive archive) throws IOException {
        List<String> changed = List.of();
        for (Manifest.Entry entry : archive.manifest().entries()) {
            try (Archive.Content content = archive.content(entry)) {
                if (entry.isTable() && entry.table().equals(EVENTS)) {
                    changed = changed(content);
                }
                content.check();
            }
        }
        return changed;
    }

    private static List<String> changed(Archive.Content events) throws IOException {
        List<String> columns = columns(events);
        int investigation = columns.indexOf("investigation");
        int body = columns.indexOf("body");
        int hash = columns.indexOf("hash");
        if (investigation < 0 || body < 0 || hash < 0) {
            throw new IOException("the events have no investigation, body or hash");
        }
        Set<String> changed = new HashSet<>();
        String of = "";
        String previous = HashChain.START;
        for (Optional<String> line = events.line(); line.isPresent(); line = events.line()) {
            JsonNode row = RowJson.read(line.get());
            String id = row.path(investigation).asString("");
            if (!id.equals(of)) {
                of = id;
                previous = HashChain.START;
            }
            previous = HashChain.next(previous, row.path(body).asString(""));
            if (!previous.equals(row.path(hash).asString("")) && changed.size() < MOST_NAMED) {
                changed.add(id);
            }
        }
        return changed.stream().sorted().toList();
    }

    private static List<String> columns(Archive.Content table) throws IOException {
        JsonNode names = RowJson.read(table.line().orElse("[]"));
        List<String> columns = new ArrayList<>();
        names.forEach(name -> columns.add(name.asString("").toLowerCase(Locale.ROOT)));
        return columns;
    }

    private int files(Archive archive) throws IOException {
        int files = 0;
        for (Manifest.Entry entry : archive.manifest().entries()) {
            if (entry.isArtifact()) {
                try (Archive.Content content = archive.content(entry)) {
                    Artifact kept = artifacts.keep(entry.name(), content);
                    if (!kept.sha256().equals(entry.artifact())) {
                        throw new IOException(entry.name() + " changed while it was read");
                    }
                }
                files++;
            }
        }
        return files;
    }

    private void rows(Archive archive) throws SQLException, IOException {
        try {
            database.read(connection -> {
                connection.setAutoCommit(false);
                try {
                    replace(archive, connection);
                    connection.commit();
                } catch (IOException e) {
                    connection.rollback();
                    throw new UncheckedIOException(e);
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void replace(Archive archive, Connection connection) throws SQLException, IOException {
        OlderRows older = new OlderRows(connection, archive.manifest().databaseSchema());
        older.begin();
        List<Table> tables = Table.all(connection);
        Map<String, Manifest.Entry> given = archive.manifest().entries().stream()
                .filter(Manifest.Entry::isTable)
                .collect(Collectors.toMap(Manifest.Entry::table, Function.identity()));
        try (Statement statement = connection.createStatement()) {
            for (Table table : tables.reversed()) {
                // A table that is newer than the backup keeps what its migration put in.
                if (given.containsKey(table.name())) {
                    statement.executeUpdate("delete from " + table.name());
                }
            }
        }
        for (Table table : tables) {
            Manifest.Entry entry = given.remove(table.name());
            if (entry != null) {
                insert(archive, connection, table, entry);
            }
        }
        if (!given.isEmpty()) {
            throw new SQLException("there is no table " + String.join(", ", given.keySet()));
        }
        older.end();
    }

    private void insert(Archive archive, Connection connection, Table table, Manifest.Entry entry)
            throws SQLException, IOException {
        try (Archive.Content content = archive.content(entry)) {
            List<Table.Column> columns = new ArrayList<>();
            for (String name : columns(content)) {
                // By the table's own description: no name from an archive becomes SQL.
                columns.add(table.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new SQLException("the table " + table.name() + " has no such column")));
            }
            String names = columns.stream().map(Table.Column::name).collect(Collectors.joining(", "));
            String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into " + table.name() + " (" + names + ") values (" + marks + ")")) {
                int waiting = 0;
                for (Optional<String> line = content.line(); line.isPresent(); line = content.line()) {
                    RowJson.bind(insert, RowJson.read(line.get()), columns, database.isEmbedded());
                    insert.addBatch();
                    if (++waiting == PAGE) {
                        insert.executeBatch();
                        waiting = 0;
                    }
                }
                insert.executeBatch();
            }
            content.check();
        }
    }
}
