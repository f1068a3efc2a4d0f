package dev.whydunit.cli;

import dev.whydunit.report.PlainText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.util.Optional;
import java.util.function.Function;

/** Questions at a terminal, one after another. */
final class Interview {
    /** The person has ended it: Ctrl-D. */
    static final class Ended extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static final int LONGEST = 300;
    private static final int MOST_ATTEMPTS = 20;

    private final BufferedReader in;
    private final PrintStream out;

    Interview(Reader in, PrintStream out) {
        this.in = new BufferedReader(in);
        this.out = out;
    }

    /** Something that is not asked. */
    void say(String text) {
        out.println(PlainText.forTerminal(text));
    }

    /**
     * The answer, asked for again until it is right.
     *
     * @param byDefault what an empty answer means
     * @param wrong what is wrong with an answer
     * @throws Ended when there is no more input, or after 20 answers that are wrong
     */
    String ask(String question, String byDefault, Function<String, Optional<String>> wrong) throws Ended, IOException {
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            out.print(PlainText.forTerminal(question + (byDefault.isEmpty() ? ": " : " [" + byDefault + "]: ")));
            out.flush();
            String line = in.readLine();
            if (line == null) {
                out.println();
                throw new Ended();
            }
            String answer = line.isBlank() ? byDefault : line.strip();
            Optional<String> problem =
                    answer.length() > LONGEST ? Optional.of("at most " + LONGEST + " characters") : wrong.apply(answer);
            if (problem.isEmpty()) {
                return answer;
            }
            say("  " + problem.get());
        }
        throw new Ended();
    }
}
