package dev.whydunit.backup;

import dev.whydunit.digest.Sha256;
import dev.whydunit.journal.ArtifactReferences;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.store.Database;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup while others go on: the rows are those of one moment, and every file that they refer to is in it. The archive is for its
 * owner alone, and there under its name only when it is whole.
 */
public final class Backup {
    private static final int PAGE = 500;
    private static final String EVENTS = "event";

    private final Database database;
    private final FileArtifacts artifacts;

    /**
     * What was written.
     *
     * @param rows of all tables
     * @param files that steps kept
     * @param bytes the size of the archive
     * @param missing SHA-256 of files that are not in it, since they are not there or were changed
     */
    public record Written(long rows, int files, long bytes, List<String> missing) {
        /** Keeps its own copy of the list. */
        public Written {
            missing = List.copyOf(missing);
        }
    }

    /** Of this database and these files. */
    public Backup(Database database, FileArtifacts artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /**
     * Writes it.
     *
     * @param file where to
     * @param replace whether a file that is there may be replaced
     * @throws BackupFailure when it cannot; a file that was there is as it was
     */
    public Written write(Path file, boolean replace, Instant now) throws BackupFailure {
        Path target = file.toAbsolutePath();
        if (Files.exists(target) && !replace) {
            throw new BackupFailure(target + " is there already; name another file, or replace it with --force");
        }
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            Written written = writeTo(part, now);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return written;
        } catch (SQLException e) {
            throw new BackupFailure("cannot read the database " + database.name() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BackupFailure("cannot write " + target + ": " + e.getMessage(), e);
        } finally {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                System.getLogger(Backup.class.getName())
                        .log(System.Logger.Level.WARNING, "what was written of a backup is left at " + part, e);
            }
        }
    }

    private Written writeTo(Path part, Instant now) throws IOException, SQLException {
        List<Manifest.Entry> entries = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(
                        part,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                ZipOutputStream zip = new ZipOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel)), StandardCharsets.UTF_8)) {
            Set<String> referenced = new TreeSet<>();
            int schema = rows(zip, entries, referenced);
            for (String sha256 : referenced) {
                if (!file(zip, sha256, entries)) {
                    missing.add(sha256);
                }
            }
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(RowJson.write(new Manifest(
                            Manifest.VERSION,
                            now.toString(),
                            schema,
                            database.isEmbedded() ? "sqlite" : "postgresql",
                            entries,
                            missing))
                    .getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.finish();
            zip.flush();
            channel.force(true);
        }
        return new Written(
                entries.stream().mapToLong(Manifest.Entry::rows).sum(),
                (int) entries.stream().filter(Manifest.Entry::isArtifact).count(),
                Files.size(part),
                missing);
    }

    /** Gives the version of the schema. */
    private int rows(ZipOutputStream zip, List<Manifest.Entry> entries, Set<String> referenced)
            throws SQLException, IOException {
        try {
            return database.read(connection -> {
                begin(connection);
                try {
                    for (Table table : Table.all(connection)) {
                        entries.add(table(zip, connection, table, referenced));
                    }
                    return version(connection);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    end(connection);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** All that is read until the end is of one moment, and keeps nobody from writing. */
    private void begin(Connection connection) throws SQLException {
        if (database.isEmbedded()) {
            try (Statement statement = connection.createStatement()) {
                // Not by the driver, which would take the lock for writing.
                statement.execute("begin deferred");
            }
        } else {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
        }
    }

    private void end(Connection connection) throws SQLException {
        if (database.isEmbedded()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("rollback");
            }
        } else {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setReadOnly(false);
        }
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select version from flyway_schema_history where success order by installed_rank desc limit 1")) {
            return row.next() ? Integer.parseInt(row.getString(1)) : 0;
        }
    }

    private Manifest.Entry table(ZipOutputStream zip, Connection connection, Table table, Set<String> referenced)
            throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(Manifest.tableEntry(table.name())));
        Counted out = new Counted(zip);
        out.line(RowJson.write(table.columns().stream().map(Table.Column::name).toList()));
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet rows = statement.executeQuery(table.select())) {
                while (rows.next()) {
                    out.line(RowJson.write(rows, table.columns(), database.isEmbedded()));
                    count++;
                    if (table.name().equals(EVENTS) && rows.getString("type").equals("step_ended")) {
                        referenced.addAll(ArtifactReferences.in(rows.getString("body")));
                    }
                }
            }
        }
        zip.closeEntry();
        return out.entry(Manifest.tableEntry(table.name()), count);
    }

    /** Whether the file is there and is what it should be. */
    private boolean file(ZipOutputStream zip, String sha256, List<Manifest.Entry> entries) throws IOException {
        if (!artifacts.verify(sha256)) {
            return false;
        }
        zip.putNextEntry(new ZipEntry(Manifest.artifactEntry(sha256)));
        Counted out = new Counted(zip);
        try (InputStream in = Files.newInputStream(artifacts.path(sha256))) {
            in.transferTo(out);
        }
        zip.closeEntry();
        entries.add(out.entry(Manifest.artifactEntry(sha256), 0));
        return true;
    }

    /** Knows length and hash of what went through it; closing it is another's. */
    private static final class Counted extends FilterOutputStream {
        private final MessageDigest digest;
        private long bytes;

        Counted(OutputStream out) {
            this(out, Sha256.begin());
        }

        private Counted(OutputStream out, MessageDigest digest) {
            super(new DigestOutputStream(out, digest));
            this.digest = digest;
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            out.write(buffer, from, length);
            bytes += length;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        void line(String text) throws IOException {
            write((text + "\n").getBytes(StandardCharsets.UTF_8));
        }

        Manifest.Entry entry(String name, long rows) {
            return new Manifest.Entry(name, bytes, HexFormat.of().formatHex(digest.digest()), rows);
        }
    }
}
