package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Commands;
import dev.whydunit.cli.Console;
import dev.whydunit.cli.Situation;
import dev.whydunit.cli.Stage;
import dev.whydunit.report.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Executes a line of words: a command of the tree, before the prompt or behind it, or one of the few that only a shell has. */
final class Inside {
    /** These run an investigation; the engineer goes on typing meanwhile. */
    private static final Set<String> LONG = Set.of(
            "run", "demo", "try", "redo", "rule-out", "alert send", "investigation resume", "investigation watch");
    /** These take the process for themselves, or its input. */
    private static final Set<String> ALONE = Set.of("serve", "lsp", "self-train");

    private static final int MOST_BEHIND = 20;

    private final Application application;
    private final Console console;
    private final Optional<Screen> screen;
    private final Stage stage;
    private final Situation situation;
    private final Aliases aliases;
    private int lastExit;

    /** What a full terminal has and a pipe has not. */
    record Screen(ShellReader reader, Pager pager) {}

    /**
     * @param console of the process; its width is asked of the screen
     * @param screen empty where commands are read from a file: then each is done before the next
     */
    Inside(
            Application application,
            Console console,
            Optional<Screen> screen,
            Stage stage,
            Situation situation,
            Aliases aliases) {
        this.application = application;
        this.console = console;
        this.screen = screen;
        this.stage = stage;
        this.situation = situation;
        this.aliases = aliases;
    }

    /** The exit code of the last command. */
    int lastExit() {
        return lastExit;
    }

    /** Does it; what goes wrong is said by whoever it goes wrong with. */
    void execute(List<String> given, PrintWriter out) {
        List<String> line = aliases.expanded(given);
        if (line.isEmpty()) {
            return;
        }
        String first = line.getFirst();
        switch (first) {
            case "help", "?" -> help(line.subList(1, line.size()), out);
            case "alias" -> alias(line.subList(1, line.size()), out);
            case "unalias" -> unalias(line.subList(1, line.size()), out);
            default -> {
                if (ALONE.contains(first)) {
                    say(
                            out,
                            first + " takes the terminal for itself; start it outside: whydunit "
                                    + String.join(" ", line));
                } else if (screen.isPresent() && isLong(line)) {
                    behind(line, out);
                } else {
                    before(line, out);
                }
            }
        }
    }

    private static boolean isLong(List<String> line) {
        boolean helpOnly = line.contains("--help") || line.contains("-h") || line.contains("--dry-run");
        String two = line.size() > 1 ? line.get(0) + " " + line.get(1) : "";
        return (LONG.contains(line.getFirst()) || LONG.contains(two)) && !helpOnly;
    }

    private static void say(PrintWriter out, String line) {
        out.println("whydunit: " + PlainText.forTerminal(line));
        out.flush();
    }

    private void help(List<String> about, PrintWriter out) {
        if (about.isEmpty()) {
            out.print(Welcome.help(console.unicode()));
            out.flush();
            return;
        }
        List<String> line = new ArrayList<>(about.equals(List.of("all")) ? List.of() : about);
        line.add("--help");
        before(line, out);
    }

    private void alias(List<String> words, PrintWriter out) {
        try {
            if (words.isEmpty()) {
                if (aliases.known().isEmpty()) {
                    out.println("no aliases yet; make one: alias ll='investigation list'");
                }
                aliases.known()
                        .forEach((name, command) -> out.println(PlainText.forTerminal(name + "='" + command + "'")));
                out.flush();
                return;
            }
            String text = String.join(" ", words);
            int equals = text.indexOf('=');
            Optional<String> wrong = equals < 0
                    ? Optional.of("an alias is a name and a command: alias ll='investigation list'")
                    : aliases.add(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
            wrong.ifPresent(why -> say(out, why));
        } catch (IOException e) {
            say(out, "the alias cannot be kept: " + e.getMessage());
        }
    }

    private void unalias(List<String> words, PrintWriter out) {
        try {
            for (String name : words) {
                if (!aliases.remove(name)) {
                    say(out, "there is no alias " + name);
                }
            }
        } catch (IOException e) {
            say(out, "the alias cannot be taken away: " + e.getMessage());
        }
    }

    /** Does it now; a long result is paged. */
    private void before(List<String> line, PrintWriter out) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        OutputStream errors = new AbovePrompt(text -> {
            out.print(text);
            out.flush();
        });
        boolean paged = screen.isPresent() && !talks(line);
        Console own = console(
                new PrintStream(
                        paged ? result : new AbovePrompt(text -> print(out, text)), true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        lastExit = Commands.execute(application.within(own, situation, stage), line.toArray(String[]::new));
        own.out().close();
        own.err().close();
        screen.filter(shown -> paged).ifPresent(shown -> shown.pager().show(result.toString(StandardCharsets.UTF_8)));
    }

    private static void print(PrintWriter out, String text) {
        out.print(text);
        out.flush();
    }

    /** Whether the command asks questions as it goes, so that what it prints cannot wait. */
    private static boolean talks(List<String> line) {
        return line.size() > 1 && line.get(0).equals("runbook") && line.get(1).equals("new");
    }

    /** Does it behind the prompt. */
    private void behind(List<String> line, PrintWriter out) {
        ShellReader reader = screen.orElseThrow().reader();
        if (stage.running().size() >= MOST_BEHIND) {
            say(out, MOST_BEHIND + " investigations run already; stop one first: stop ID");
            return;
        }
        // What the command says of its own goes line by line, its result as a whole.
        Console own = console(
                new PrintStream(new AbovePrompt(reader::above), false, StandardCharsets.UTF_8),
                new PrintStream(new AbovePrompt(reader::above), true, StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("behind " + line.getFirst()).start(() -> {
            Commands.execute(application.within(own, situation, stage), line.toArray(String[]::new));
            own.out().close();
            own.err().close();
        });
    }

    /** A command's console: its width is the screen's now; it may ask nothing by itself, since the keyboard is the prompt's. */
    private Console console(PrintStream out, PrintStream err) {
        return new Console(
                out,
                err,
                console.outIsTerminal(),
                false,
                console.inIsTerminal() && screen.isEmpty(),
                console.color(),
                console.unicode(),
                screen.map(shown -> shown.reader().getTerminal().getWidth())
                        .filter(width -> width > 0)
                        .orElse(console.width()));
    }
}
