package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Console;
import dev.whydunit.report.TextStyle;
import dev.whydunit.shell.Pages.Key;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** Shows {@link Pages} on a terminal, drawn anew at each key, at each resize, and twice a second. */
final class Watch {
    private static final long REDRAW_MILLIS = 500;
    private static final long ESCAPE_MILLIS = 50;

    private Watch() {}

    /** Takes the screen until the reader leaves. */
    static int on(Terminal terminal, Application application, Console console, Optional<String> investigation) {
        Pages pages = new Pages(new InvestigationsView(application));
        investigation.ifPresent(id -> pages.below(new InvestigationView(application, id)));
        Attributes before = terminal.enterRawMode();
        AtomicBoolean resized = new AtomicBoolean(true);
        AtomicBoolean interrupted = new AtomicBoolean();
        Terminal.SignalHandler winch = terminal.handle(Terminal.Signal.WINCH, signal -> resized.set(true));
        Terminal.SignalHandler stop = terminal.handle(Terminal.Signal.INT, signal -> interrupted.set(true));
        Display display = new Display(terminal, true);
        try {
            terminal.puts(Capability.enter_ca_mode);
            terminal.puts(Capability.keypad_xmit);
            terminal.puts(Capability.cursor_invisible);
            BindingReader keys = new BindingReader(terminal.reader());
            KeyMap<Object> map = keys(terminal);
            while (!pages.left() && !interrupted.get()) {
                Size size = terminal.getSize();
                int rows = size.getRows() > 0 ? size.getRows() : 24;
                int columns = size.getColumns() > 0 ? size.getColumns() : console.width();
                if (resized.getAndSet(false)) {
                    display.clear();
                    display.resize(rows, columns);
                }
                TextStyle style = new TextStyle(columns, console.color(), console.unicode());
                // It takes lines out of the list that it is given.
                display.update(new ArrayList<>(pages.lines(style, rows)), 0);
                if (keys.peekCharacter(REDRAW_MILLIS) != NonBlockingReader.READ_EXPIRED) {
                    take(pages, keys, map);
                }
            }
            return 0;
        } finally {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
            terminal.handle(Terminal.Signal.WINCH, winch);
            terminal.handle(Terminal.Signal.INT, stop);
        }
    }

    private static void take(Pages pages, BindingReader keys, KeyMap<Object> map) {
        Object pressed = keys.readBinding(map);
        if (pressed == null) {
            // The terminal is gone.
            pages.letter('q');
        } else if (pressed instanceof Key key) {
            pages.key(key);
        } else {
            keys.getLastBinding().chars().forEach(letter -> pages.letter((char) letter));
        }
    }

    private static KeyMap<Object> keys(Terminal terminal) {
        KeyMap<Object> map = new KeyMap<>();
        map.setAmbiguousTimeout(ESCAPE_MILLIS);
        map.bind(Key.UP, KeyMap.key(terminal, Capability.key_up), "\u001b[A", "\u001bOA");
        map.bind(Key.DOWN, KeyMap.key(terminal, Capability.key_down), "\u001b[B", "\u001bOB");
        map.bind(Key.PAGE_UP, KeyMap.key(terminal, Capability.key_ppage), "\u001b[5~");
        map.bind(Key.PAGE_DOWN, KeyMap.key(terminal, Capability.key_npage), "\u001b[6~");
        map.bind(Key.HOME, KeyMap.key(terminal, Capability.key_home), "\u001b[H", "\u001b[1~");
        map.bind(Key.END, KeyMap.key(terminal, Capability.key_end), "\u001b[F", "\u001b[4~");
        map.bind(Key.ENTER, "\r", "\n");
        map.bind(Key.BACK, "\u001b");
        map.bind(Key.ERASE, "\u007f", "\b");
        map.setUnicode("letter");
        map.setNomatch("letter");
        return map;
    }
}
