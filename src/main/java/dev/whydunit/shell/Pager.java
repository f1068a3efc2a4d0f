package dev.whydunit.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;

/** Shows text: at once when it fits on the screen, else page by page with the keys of less. */
final class Pager {
    private static final int KEPT_LINES = 2;

    private final ShellReader reader;

    Pager(ShellReader reader) {
        this.reader = reader;
    }

    void show(String text) {
        Terminal terminal = reader.getTerminal();
        long lines = text.lines().count();
        if (reader.isDumb() || lines <= Math.max(1, terminal.getHeight() - KEPT_LINES)) {
            terminal.writer().print(text);
            terminal.writer().flush();
            return;
        }
        reader.giveScreen(() -> page(terminal, text));
    }

    private static void page(Terminal terminal, String text) {
        try {
            Less less = new Less(terminal, Path.of("").toAbsolutePath(), null);
            less.run(new Text(text));
        } catch (IOException e) {
            terminal.writer().print(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.writer().flush();
    }

    private record Text(String text) implements Source {
        @Override
        public String getName() {
            return "";
        }

        @Override
        public InputStream read() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Long lines() {
            return text.lines().count();
        }
    }
}
