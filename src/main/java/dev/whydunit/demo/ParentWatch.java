package dev.whydunit.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The child's side of {@link ChildJvm}: takes the parent's lines, says that it is ready, and ends when the parent does. */
final class ParentWatch {
    /** What a child says before its port. */
    static final String READY = "ready ";

    /** No child outlives this, whatever happens to the parent; it also bounds every file that a child writes. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    ParentWatch() {
        Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("lifetime").factory())
                .schedule(() -> Runtime.getRuntime().halt(1), LIFETIME.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits for one line of the parent's; ends this process when there is none. */
    String line() throws IOException {
        String line = parent.readLine();
        if (line == null) {
            Runtime.getRuntime().halt(0);
            throw new IllegalStateException("a halted process goes on");
        }
        return line;
    }

    /** Says the port, and hands every further line over on a thread of its own until the parent is gone. */
    void ready(int port, Consumer<String> commands) {
        System.out.println(READY + port);
        System.out.flush();
        Thread.ofPlatform().name("parent").start(() -> follow(commands));
    }

    private void follow(Consumer<String> commands) {
        try {
            while (true) {
                commands.accept(line());
            }
        } catch (IOException e) {
            System.err.println("the parent cannot be heard any more: " + e.getMessage());
            // Not exit(): there is nothing to save, and a hook that hangs would leave the process behind.
            Runtime.getRuntime().halt(1);
        }
    }
}
