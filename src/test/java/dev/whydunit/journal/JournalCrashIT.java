package dev.whydunit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** What was flushed is there after kill -9 at a random moment, and the chain of hashes holds. */
class JournalCrashIT {
    @TempDir
    Path state;

    @RepeatedTest(5)
    void whatWasFlushedSurvives(RepetitionInfo repetition) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalCrash.class.getName(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int stopAfter = 50 + new Random(repetition.getCurrentRepetition()).nextInt(400);
        int acknowledged = 0;
        try (BufferedReader said = writer.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                acknowledged = Integer.parseInt(line);
                if (acknowledged >= stopAfter) {
                    writer.destroyForcibly();
                    break;
                }
            }
        }
        writer.waitFor();

        try (JournalStore store = JournalStore.open(state)) {
            StoredEvents stored = store.events("crash");
            assertThat(stored.events()).hasSizeGreaterThanOrEqualTo(acknowledged);
            assertThat(stored.intact()).isTrue();
            assertThat(acknowledged).isGreaterThanOrEqualTo(stopAfter);
        }
    }
}
