package dev.whydunit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final String ERASE = "\r\u001b[K";

    @TempDir
    Path state;

    private final AtomicLong clock = new AtomicLong(7);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Progress progress(boolean terminal, double amount) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, terminal, terminal, false, false, false, 80);
        return new Progress(console, new PastDurations(state), clock::get, "runbook test", "runs cases", amount);
    }

    private void passes(double seconds) {
        clock.addAndGet((long) (seconds * 1e9));
    }

    private String shown() {
        String text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text;
    }

    @Test
    void nothingIsShownInTheFirstHalfSecond() {
        try (Progress progress = progress(true, 1)) {
            passes(0.49);
            progress.draw();
            progress.finished();
        }

        assertThat(shown()).isEmpty();
        assertThat(state.resolve("durations")).doesNotExist();
    }

    @Test
    void theLineIsDrawnAnewAndErasedAtTheEnd() {
        try (Progress progress = progress(true, 1)) {
            passes(0.6);
            progress.draw();
            assertThat(shown()).isEqualTo(ERASE + "| runs cases 0.6 s");
            passes(0.1);
            progress.draw();
            assertThat(shown()).isEqualTo(ERASE + "/ runs cases 0.7 s");
        }

        assertThat(shown()).isEqualTo(ERASE);
    }

    @Test
    void theSecondTimeItSaysWhatIsLeftForAsMuchAsThereIsToDo() {
        try (Progress progress = progress(true, 10)) {
            passes(4);
            progress.finished();
        }

        try (Progress progress = progress(true, 20)) {
            passes(2);
            progress.draw();
            assertThat(shown()).isEqualTo(ERASE + "| runs cases 2.0 s, 25 %, about 6 s left");
            passes(7);
            progress.draw();
            assertThat(shown()).isEqualTo(ERASE + "/ runs cases 9.0 s, longer than the 8 s that were expected");
        }
    }

    @Test
    void whatIsDoneOfItTellsMoreThanTheLastTime() {
        try (Progress progress = progress(true, 10)) {
            passes(4);
            progress.finished();
        }

        try (Progress progress = progress(true, 10)) {
            passes(2);
            progress.done(1);
            progress.draw();
            assertThat(shown()).isEqualTo(ERASE + "| runs cases 2.0 s, 10 %, about 18 s left");
        }
    }

    @Test
    void whatWasBrokenOffTellsNothing() {
        try (Progress progress = progress(true, 10)) {
            passes(4);
            progress.draw();
        }

        assertThat(new PastDurations(state).estimate("runbook test", 10)).isEmpty();
    }

    @Test
    void whereNobodyWatchesNothingIsShownOrKept() {
        try (Progress progress = progress(false, 1)) {
            passes(60);
            progress.draw();
            progress.finished();
        }

        assertThat(shown()).isEmpty();
        assertThat(state.resolve("durations")).doesNotExist();
    }

    @Test
    void onlyTheCommandsThatRanLastAreKept() throws IOException {
        PastDurations past = new PastDurations(state);
        for (int i = 0; i < 60; i++) {
            past.keep("command " + i, 1 + i, 1);
        }

        assertThat(Files.readAllLines(state.resolve("durations"))).hasSize(50);
        assertThat(past.estimate("command 9", 1)).isEmpty();
        assertThat(past.estimate("command 10", 2)).contains(22.0);
    }

    @Test
    void aFileThatSomebodyElseWroteIsNoEstimateAndIsBegunAnew() throws IOException {
        Files.writeString(state.resolve("durations"), "runbook test\tnever\t1\n");
        PastDurations past = new PastDurations(state);
        assertThat(past.estimate("runbook test", 1)).isEmpty();

        past.keep("runbook test", 2, 1);

        assertThat(past.estimate("runbook test", 3)).contains(6.0);
    }
}
