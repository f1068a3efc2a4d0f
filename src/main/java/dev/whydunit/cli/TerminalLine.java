package dev.whydunit.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/** A line that a person types at the terminal, waited for so long and no longer. */
final class TerminalLine {
    private static final int POLL_MILLIS = 100;

    private TerminalLine() {}

    /**
     * The line, cut to its most characters; empty when none came.
     *
     * @param err says why it cannot be read
     * @throws InterruptedException when whoever waits is to stop
     */
    static String read(Duration patience, int most, PrintStream err) throws InterruptedException {
        StringBuilder line = new StringBuilder();
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < end) {
                if (System.in.available() == 0) {
                    Thread.sleep(POLL_MILLIS);
                    continue;
                }
                int c = System.in.read();
                if (c < 0 || c == '\n') {
                    return line.toString();
                }
                if (line.length() < most) {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            err.println("the answer cannot be read: " + e.getMessage());
        }
        return "";
    }
}
