package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Console;
import dev.whydunit.cli.FullScreen;
import dev.whydunit.report.PlainText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The process's own terminal, for whatever takes all of it. */
public final class Terminals implements FullScreen {
    private final Console console;

    /** @param console of the process */
    public Terminals(Console console) {
        this.console = console;
    }

    /** The terminal; closing it leaves it as it was. */
    static Terminal open() throws IOException {
        return TerminalBuilder.builder()
                .name("whydunit")
                .system(true)
                .encoding(StandardCharsets.UTF_8)
                .build();
    }

    @Override
    public int shell(Application application) {
        return Shell.open(application, console);
    }

    @Override
    public void train(Application application) throws IOException {
        byte[] lines = "ver\tsion\nhelp\ntree\nrunb\t\nquit\n".getBytes(StandardCharsets.UTF_8);
        try (Terminal terminal = TerminalBuilder.builder()
                .name("training")
                .system(false)
                .streams(new ByteArrayInputStream(lines), OutputStream.nullOutputStream())
                .type("xterm")
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            Shell.interactive(application, console, application.stateDirectory(), terminal);
        }
        // The process's own terminal is another class.
        open().close();
    }

    @Override
    public int watch(Application application, Optional<String> investigation) {
        try (Terminal terminal = open()) {
            return Watch.on(terminal, application, console, investigation);
        } catch (IOException e) {
            console.err()
                    .println("whydunit: the terminal cannot be used: " + PlainText.forTerminal("" + e.getMessage()));
            return 1;
        }
    }
}
