package dev.whydunit.cli;

import dev.whydunit.engine.Approvals;
import dev.whydunit.report.PlainText;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Asks the person at the terminal. No answer in time, or anything but yes, is a no. */
final class TerminalApprovals implements Approvals {
    private static final int POLL_MILLIS = 100;

    private final Console console;
    private final Duration patience;

    TerminalApprovals(Console console, Duration patience) {
        this.console = console;
        this.patience = patience;
    }

    @Override
    public synchronized Answer ask(String step, String command) throws InterruptedException {
        console.err().println();
        console.err().println("Step " + step + " wants to run:");
        console.err().println("  " + PlainText.forTerminal(command));
        console.err().print("Allow it? [y/N] ");
        console.err().flush();
        String user = System.getProperty("user.name", "the terminal");
        return new Answer(readLine().strip().toLowerCase(Locale.ROOT).matches("y|yes"), user);
    }

    private String readLine() throws InterruptedException {
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
                if (line.length() < 100) {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            console.err().println("the answer cannot be read: " + e.getMessage());
        }
        return "";
    }
}
