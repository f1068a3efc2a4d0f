package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Console;
import dev.whydunit.cli.FullScreen;
import dev.whydunit.report.PlainText;
import java.io.IOException;
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
