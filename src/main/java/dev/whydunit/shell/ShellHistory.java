package dev.whydunit.shell;

import dev.whydunit.masking.SecretMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/** What was typed before, in a file that its owner alone can read. A line with what looks like a secret in it is not kept. */
final class ShellHistory extends DefaultHistory {
    private final SecretMask mask = SecretMask.none();

    /** Makes the file before the editor does, since it would make it readable for all. */
    static ShellHistory in(Path file, LineReader reader) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        reader.setVariable(LineReader.HISTORY_FILE, file);
        ShellHistory history = new ShellHistory();
        history.attach(reader);
        return history;
    }

    @Override
    public void add(Instant time, String line) {
        if (mask.text(line).equals(line)) {
            super.add(time, line);
        }
    }
}
