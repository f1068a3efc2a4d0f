package dev.whydunit.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The child's side of {@link ChildJvm}: says that it is ready, takes commands, and ends when the parent does. */
final class ParentWatch {
    /** What a child says before its port. */
    static final String READY = "ready ";

    /** No child outlives this, whatever happens to the parent; it also bounds every file that a child writes. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private ParentWatch() {}

    /** Says the port, and handles the parent's commands on a thread of its own until the standard input is closed. */
    static void ready(int port, Consumer<String> commands) {
        System.out.println(READY + port);
        System.out.flush();
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("lifetime").factory())
                .schedule(() -> Runtime.getRuntime().halt(1), LIFETIME.toSeconds(), TimeUnit.SECONDS);
        Thread.ofPlatform().name("parent").start(() -> follow(commands));
    }

    private static void follow(Consumer<String> commands) {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                commands.accept(line);
            }
        } catch (IOException e) {
            System.err.println("the parent's commands cannot be read any more: " + e.getMessage());
        }
        // Not exit(): there is nothing to save, and a hook that hangs would leave the process behind.
        Runtime.getRuntime().halt(0);
    }
}
