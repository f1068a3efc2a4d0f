package dev.whydunit.running;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Held by the one server that uses a state directory, and by whoever replaces what is in it. Ends with the process at the latest. */
public final class StateLock implements AutoCloseable {
    private static final String FILE = "serve.lock";

    private final FileLock lock;

    private StateLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Takes it.
     *
     * @param state made, readable by its owner alone, when it is not there
     * @return empty when another holds it
     * @throws IOException when the directory cannot be used
     */
    public static Optional<StateLock> take(Path state) throws IOException {
        if (!Files.isDirectory(state)) {
            Files.createDirectories(
                    state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel channel =
                FileChannel.open(state.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new StateLock(lock));
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * Whether a server serves the embedded database of this state directory now.
     *
     * @throws IOException when that cannot be seen
     */
    public static boolean held(Path state) throws IOException {
        Path file = state.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            // By this very process.
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
