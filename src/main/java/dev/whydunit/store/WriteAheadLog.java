package dev.whydunit.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * SQLite's log of writes, which a commit with {@code synchronous=NORMAL} has written whole and not waited for: this waits for it, as
 * {@code synchronous=FULL} would within the commit, while the next transaction is already done. SQLite itself keeps the order in which
 * the log and the database reach the disk, so that a crash of the machine leaves what was committed up to some transaction, and that one is
 * none before the last that was waited for. Used by one thread at a time.
 */
final class WriteAheadLog implements Durability {
    private final Path file;
    private @Nullable Log open;

    /** The file that is open: a log that all connections have left is removed, and another made. */
    private record Log(FileIdentity identity, FileChannel channel) {}

    /** Of a database, whose log need not be there yet. */
    WriteAheadLog(Path database) {
        this.file = database.resolveSibling(database.getFileName() + "-wal");
    }

    @Override
    public void await() throws SQLException {
        try {
            log().channel().force(false);
        } catch (IOException e) {
            throw new SQLNonTransientConnectionException(
                    file + " cannot be written to the disk: " + e.getMessage() + "; look at the disk", e);
        }
    }

    private Log log() throws SQLException, IOException {
        Log log = open;
        if (log != null && !log.identity().isThere()) {
            close();
            log = null;
        }
        if (log == null) {
            FileIdentity identity = FileIdentity.of(file);
            log = new Log(identity, FileChannel.open(file, StandardOpenOption.WRITE));
            open = log;
        }
        return log;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.channel().close();
            open = null;
        }
    }
}
