package dev.whydunit.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/**
 * The line editor, with lines below the prompt that others draw while the engineer types. All that is drawn is drawn under the editor's
 * lock: two threads that move the cursor at once would leave the screen in pieces.
 */
final class ShellReader extends LineReaderImpl {
    private static final int MOST_HELD = 1_000;

    private final boolean isDumb;
    private final Object holding = new Object();
    private final Deque<String> held = new ArrayDeque<>();
    private boolean taken;

    ShellReader(Terminal terminal) {
        super(terminal, "whydunit", new HashMap<>());
        this.isDumb =
                Terminal.TYPE_DUMB.equals(terminal.getType()) || Terminal.TYPE_DUMB_COLOR.equals(terminal.getType());
        setOpt(LineReader.Option.CASE_INSENSITIVE);
        setOpt(LineReader.Option.AUTO_FRESH_LINE);
        setOpt(LineReader.Option.HISTORY_IGNORE_SPACE);
        setOpt(LineReader.Option.HISTORY_REDUCE_BLANKS);
        setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        unsetOpt(LineReader.Option.INSERT_TAB);
        setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "%M> ");
        setVariable(LineReader.HISTORY_FILE_SIZE, 5_000);
        setVariable(LineReader.HISTORY_SIZE, 2_000);
        setVariable(LineReader.LIST_MAX, 50);
        // A lone Escape is answered at once and not after a second.
        setVariable(LineReader.AMBIGUOUS_BINDING, 50L);
    }

    /** Whether the terminal can do no more than print lines. */
    boolean isDumb() {
        return isDumb;
    }

    /** Prints whole lines above what is being typed. */
    void above(String text) {
        if (text.isEmpty()) {
            return;
        }
        synchronized (holding) {
            if (taken) {
                held.add(text);
                if (held.size() > MOST_HELD) {
                    held.remove();
                }
                return;
            }
        }
        if (isDumb) {
            terminal.writer().print(text.endsWith("\n") ? text : text + "\n");
            terminal.writer().flush();
            return;
        }
        printAbove(AttributedString.fromAnsi(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
    }

    /** Gives the whole screen to somebody; what would be printed above the prompt meanwhile is printed afterwards. */
    void giveScreen(Runnable somebody) {
        clearFoot();
        synchronized (holding) {
            taken = true;
        }
        try {
            somebody.run();
        } finally {
            List<String> missed;
            synchronized (holding) {
                taken = false;
                missed = List.copyOf(held);
                held.clear();
            }
            missed.forEach(this::above);
        }
    }

    /** Shows these lines at the foot of the screen; none takes them away. Does nothing while a command has the screen. */
    void foot(List<AttributedString> lines) {
        if (isDumb) {
            return;
        }
        lock.lock();
        try {
            if (reading) {
                Status status = Status.getStatus(terminal);
                if (status != null) {
                    status.update(lines);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Shows another prompt before what is being typed. */
    void reprompt(AttributedString prompt) {
        if (isDumb) {
            return;
        }
        lock.lock();
        try {
            if (reading) {
                setPrompt(prompt.toAnsi(terminal));
                redisplay();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the foot away before something else draws on the whole screen. */
    void clearFoot() {
        if (isDumb) {
            return;
        }
        lock.lock();
        try {
            Status.getExistingStatus(terminal).ifPresent(status -> status.update(List.of()));
        } finally {
            lock.unlock();
        }
    }
}
