package dev.whydunit.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** State directories as earlier versions of the program left them; see the README beside the files. */
public final class OlderDatabases {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "databases");

    private OlderDatabases() {}

    /** Puts the database of a version of the schema into a state directory. */
    public static void put(int version, Path state) throws IOException {
        Files.createDirectories(state);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve("v" + version + ".db.gz")))) {
            Files.copy(in, state.resolve("journal.db"));
        }
    }

    /** The runbook that all of them executed. */
    public static String runbook() throws IOException {
        return Files.readString(FOLDER.resolve("old_times.yaml"));
    }
}
