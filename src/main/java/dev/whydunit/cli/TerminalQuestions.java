package dev.whydunit.cli;

import dev.whydunit.engine.Questions;
import dev.whydunit.report.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks the person at the terminal. An empty line is no answer. */
final class TerminalQuestions implements Questions {
    private static final int LONGEST = 1000;

    private final Console console;

    TerminalQuestions(Console console) {
        this.console = console;
    }

    @Override
    public Optional<Answer> ask(String step, String question, List<String> choices, Duration patience)
            throws InterruptedException {
        // One question at a time: they share one keyboard with each other.
        synchronized (TerminalQuestions.class) {
            console.err().println();
            console.err().println("Step " + step + " asks: " + PlainText.forTerminal(question));
            console.err()
                    .print(choices.isEmpty() ? "> " : PlainText.forTerminal("[" + String.join("/", choices) + "] "));
            console.err().flush();
            String text = TerminalLine.read(patience, LONGEST, console.err()).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Answer(text, System.getProperty("user.name", "the terminal")));
        }
    }
}
