package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Console;
import dev.whydunit.cli.FullScreen;
import dev.whydunit.report.PlainText;
import dev.whydunit.report.TextStyle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.jline.JLineShellRunner;

/** The interactive shell. */
public final class Shell {
    private static final int LONGEST_LINE = 64_000;
    private static final long LEAVING_MILLIS = 10_000;

    private Shell() {}

    /**
     * Opens it on the process's terminal, or, where there is none, does the commands that come in, one after the other.
     *
     * @return the exit code: of the last command where commands come in, else 0
     */
    public static int open(Application application, Console console) {
        try {
            Path state = application.stateDirectory();
            Files.createDirectories(state);
            return console.inIsTerminal()
                    ? interactive(application, console, state)
                    : scripted(application, console, state);
        } catch (IOException | UncheckedIOException e) {
            console.err()
                    .println("whydunit: the shell cannot be opened: " + PlainText.forTerminal("" + e.getMessage())
                            + "; commands work without it: whydunit --help");
            return 1;
        }
    }

    private static int scripted(Application application, Console console, Path state) throws IOException {
        ShellWords words = new ShellWords();
        Scripted stage = new Scripted(console);
        Inside inside = new Inside(
                application, console, Optional.empty(), stage, stage, new Aliases(state.resolve("aliases"), words));
        PrintWriter out = new PrintWriter(console.out(), true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.length() > LONGEST_LINE || line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (Set.of("quit", "exit").contains(line.strip())) {
                break;
            }
            inside.execute(words.split(line), out);
        }
        return inside.lastExit();
    }

    private static int interactive(Application application, Console console, Path state) throws IOException {
        try (Terminal terminal = Terminals.open()) {
            interactive(application, console, state, terminal);
            return 0;
        }
    }

    /** On a given terminal, until its end or until somebody leaves. */
    static void interactive(Application application, Console console, Path state, Terminal terminal)
            throws IOException {
        ShellReader reader = new ShellReader(terminal);
        ShellWords words = new ShellWords();
        Supplier<TextStyle> style = () -> new TextStyle(width(terminal, console), console.color(), console.unicode());
        try (Runs runs = new Runs(reader, style)) {
            run(application, console, state, reader, words, runs);
        }
    }

    private static void run(
            Application application, Console console, Path state, ShellReader reader, ShellWords words, Runs runs)
            throws IOException {
        Standing standing = new Standing(application);
        reader.setParser(words.parser());
        reader.setHistory(ShellHistory.in(state.resolve("shell_history"), reader));
        reader.setCompleter(new TreeCompleter(application.within(console, runs, runs)));
        Inside inside = new Inside(
                application.with(new Behind(reader, console)),
                console,
                Optional.of(new Inside.Screen(reader, new Pager(reader))),
                runs,
                runs,
                new Aliases(state.resolve("aliases"), words));
        Thread commands = Thread.currentThread();
        reader.getTerminal().handle(Terminal.Signal.INT, signal -> commands.interrupt());
        standing.look();
        reader.above(standing.greeting());
        standing.newest().ifPresent(runs::enter);
        Supplier<AttributedString> prompt = () -> Prompt.of(
                standing.incident(), runs.current(), InstantSource.system().instant(), console.unicode());
        runs.onMove(() -> reader.reprompt(prompt.get()));
        ShellInput input = new ShellInput(reader, runs, prompt);
        try {
            new JLineShellRunner(input, words, registry(inside)).run(new String[0]);
        } catch (Exception e) {
            throw new IOException("the shell broke: " + e.getMessage(), e);
        }
        leave(runs);
    }

    /** What takes the whole terminal from within the shell. */
    private record Behind(ShellReader reader, Console console) implements FullScreen {
        @Override
        public int shell(Application application) {
            console.err().println("whydunit: this is the shell already; help says what to do");
            return 0;
        }

        @Override
        public void train(Application application) {
            // Only the launcher trains, and never from within a shell.
            console.err().println("whydunit: this is the shell already");
        }

        @Override
        public int watch(Application application, Optional<String> investigation) {
            AtomicInteger exit = new AtomicInteger();
            reader.giveScreen(() -> exit.set(Watch.on(reader.getTerminal(), application, console, investigation)));
            return exit.get();
        }
    }

    /** Stops what runs, and waits until it is journaled. */
    private static void leave(Runs runs) {
        runs.stopAll();
        long until = System.nanoTime() + LEAVING_MILLIS * 1_000_000;
        try {
            while (!runs.running().isEmpty() && System.nanoTime() < until) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int width(Terminal terminal, Console console) {
        int width = terminal.getWidth();
        return width > 0 ? width : console.width();
    }

    /** What Spring Shell's runner, or its test client, finds commands in. */
    static CommandRegistry registry(Inside inside) {
        return new CommandRegistry(Set.of(new TreeCommand(inside)));
    }

    static List<String> names() {
        return List.of("help", "alias", "unalias", "quit", "exit");
    }
}
