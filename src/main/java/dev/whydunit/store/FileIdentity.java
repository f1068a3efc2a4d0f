package dev.whydunit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that was opened, told from another of its name. SQLite goes on writing to a file that was removed, and all of that is gone with
 * the process.
 */
final class FileIdentity {
    private final Path file;
    private final @Nullable Object key;

    private FileIdentity(Path file, @Nullable Object key) {
        this.file = file;
        this.key = key;
    }

    /** @throws SQLException when the file is not there */
    static FileIdentity of(Path file) throws SQLException {
        return new FileIdentity(file, key(file));
    }

    /** @throws SQLException when another file has its name, or none; what is committed then would be lost */
    void check() throws SQLException {
        if (!Objects.equals(key, key(file))) {
            throw new SQLNonTransientConnectionException(
                    file + " was replaced by another file; restart to use that one");
        }
    }

    /** Whether it is still the file of its name. */
    boolean isThere() {
        try {
            return Objects.equals(key, key(file));
        } catch (SQLException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path file) throws SQLException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            throw new SQLNonTransientConnectionException(
                    file + " is not there any more; put it back, or restart to begin a new one", e);
        } catch (IOException e) {
            throw new SQLNonTransientConnectionException(file + " cannot be looked at: " + e.getMessage(), e);
        }
    }
}
