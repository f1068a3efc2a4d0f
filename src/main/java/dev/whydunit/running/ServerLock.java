package dev.whydunit.running;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that a server holds while it serves an embedded database. */
public final class ServerLock {
    private ServerLock() {}

    /** Under a state directory. */
    public static Path file(Path state) {
        return state.resolve("serve.lock");
    }

    /**
     * Whether a server serves the embedded database of this state directory now.
     *
     * @throws IOException when that cannot be seen
     */
    public static boolean held(Path state) throws IOException {
        Path file = file(state);
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
}
