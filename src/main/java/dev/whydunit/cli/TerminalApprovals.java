package dev.whydunit.cli;

import dev.whydunit.engine.Approvals;
import dev.whydunit.report.ApprovalText;
import java.time.Duration;
import java.util.Locale;

/** Asks the person at the terminal. No answer in time, or anything but yes, is a no. */
final class TerminalApprovals implements Approvals {
    private static final int LONGEST = 100;

    private final Console console;
    private final Duration patience;

    TerminalApprovals(Console console, Duration patience) {
        this.console = console;
        this.patience = patience;
    }

    @Override
    public synchronized Answer ask(Wish wish) throws InterruptedException {
        console.err().println();
        console.err().print(ApprovalText.of(wish));
        console.err().print("Allow it? [y/N] ");
        console.err().flush();
        String user = System.getProperty("user.name", "the terminal");
        return new Answer(
                TerminalLine.read(patience, LONGEST, console.err())
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .matches("y|yes"),
                user);
    }
}
