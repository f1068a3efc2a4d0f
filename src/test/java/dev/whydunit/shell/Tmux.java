package dev.whydunit.shell;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real terminal with a program in it: keys in, the screen as text out. */
final class Tmux implements AutoCloseable {
    private static final String TMUX = "tmux";

    private final Path socket;

    /** @param command what runs in it */
    Tmux(Path folder, int columns, int rows, Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        this.socket = folder.resolve("tmux.socket");
        List<String> start = new ArrayList<>(
                List.of("-u", "-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows));
        variables.forEach((name, value) -> start.addAll(List.of("-e", name + "=" + value)));
        start.addAll(command);
        tmux(start);
    }

    private String tmux(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(TMUX, "-S", socket.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said
                    + " (the tests of the shell need tmux; Debian: apt-get install tmux)");
        }
        return said;
    }

    /** Types text as it is. */
    Tmux type(String text) throws IOException, InterruptedException {
        tmux(List.of("send-keys", "-l", text));
        return this;
    }

    /** Presses keys by tmux's names: Enter, Tab, Down, C-c, Escape. */
    Tmux press(String... keys) throws IOException, InterruptedException {
        List<String> send = new ArrayList<>(List.of("send-keys"));
        send.addAll(List.of(keys));
        tmux(send);
        return this;
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux(List.of("resize-window", "-x", "" + columns, "-y", "" + rows));
    }

    /** The screen, line by line, without the spaces at the ends and the empty lines below. */
    List<String> screen() {
        try {
            return tmux(List.of("capture-pane", "-p"))
                    .stripTrailing()
                    .lines()
                    .map(String::stripTrailing)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that was on the screen, what has scrolled away included. */
    String all() throws IOException, InterruptedException {
        return tmux(List.of("capture-pane", "-p", "-J", "-S", "-3000"));
    }

    /** The screen, once it is so. */
    List<String> until(Duration atMost, Predicate<List<String>> so) {
        return await().atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .conditionEvaluationListener(null)
                .until(this::screen, so::test);
    }

    /** The screen, once a line has this in it. */
    List<String> untilShown(String text) {
        return until(Duration.ofSeconds(120), screen -> screen.stream().anyMatch(line -> line.contains(text)));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            tmux(List.of("kill-server"));
        } catch (IOException e) {
            // It ends by itself when its last program does.
            if (!String.valueOf(e.getMessage()).contains("no server")
                    && !String.valueOf(e.getMessage()).contains("error connecting")) {
                throw e;
            }
        }
    }
}
