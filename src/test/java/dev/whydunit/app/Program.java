package dev.whydunit.app;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Commands;
import dev.whydunit.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The program as a person at a prompt sees it, in this process: its streams and its exit code. */
final class Program {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** What a command left behind. */
    record Ran(int exit, String out, String err) {}

    Program(Path directory) {
        this.directory = directory;
        environment.put("WHYDUNIT_STATE", directory.resolve("state").toString());
    }

    Program with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = execute(out, err, arguments);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A command that runs until it is stopped, as by Ctrl-C. */
    static final class Live {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final AtomicInteger exit = new AtomicInteger(-1);
        private final Thread thread;

        private Live(Program program, String... arguments) {
            thread = Thread.ofPlatform().daemon().start(() -> exit.set(program.execute(out, err, arguments)));
        }

        String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }

        void stop() throws InterruptedException {
            thread.interrupt();
            thread.join(Duration.ofSeconds(20));
        }

        int exit() {
            return exit.get();
        }
    }

    Live start(String... arguments) {
        return new Live(this, arguments);
    }

    private int execute(ByteArrayOutputStream out, ByteArrayOutputStream err, String... arguments) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                false,
                true,
                80);
        Application application =
                new Application(console, environment, directory, Registry::stepKinds, Registry.sourceKinds());
        return Commands.execute(application, arguments);
    }
}
