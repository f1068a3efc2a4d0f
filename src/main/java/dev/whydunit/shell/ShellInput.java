package dev.whydunit.shell;

import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.utils.AttributedString;
import org.springframework.shell.jline.JLineInputProvider;

/** Reads lines at the prompt. Ctrl-C stops what runs and never the shell; leaving while something runs is asked for twice. */
final class ShellInput extends JLineInputProvider {
    private final ShellReader reader;
    private final Runs runs;
    private final Supplier<AttributedString> prompt;
    private boolean warned;

    ShellInput(ShellReader reader, Runs runs, Supplier<AttributedString> prompt) {
        super(reader);
        this.reader = reader;
        this.runs = runs;
        this.prompt = prompt;
    }

    /** The line; empty when there is nothing to do. Throws at the end: that is how the runner knows. */
    @Override
    public String readInput() {
        // What Ctrl-C left of the last command is not for the prompt.
        Thread.interrupted();
        try {
            String line = reader.readLine(prompt.get().toAnsi(reader.getTerminal()));
            String word = line.strip();
            if (word.equals("quit") || word.equals("exit")) {
                return leave();
            }
            warned = false;
            return word;
        } catch (UserInterruptException e) {
            warned = false;
            if (e.getPartialLine().isBlank()) {
                runs.interrupt().ifPresent(said -> reader.above("whydunit: " + said + "\n"));
            }
            return "";
        } catch (EndOfFileException e) {
            return leave();
        }
    }

    private String leave() {
        int running = runs.running().size();
        if (running > 0 && !warned) {
            warned = true;
            reader.above("whydunit: " + (running == 1 ? "an investigation runs" : running + " investigations run")
                    + "; leave again to stop " + (running == 1 ? "it" : "them") + " and go\n");
            return "";
        }
        throw new EndOfFileException();
    }
}
