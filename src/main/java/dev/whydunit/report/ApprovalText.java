package dev.whydunit.report;

import dev.whydunit.engine.Approvals.Wish;
import java.util.Optional;

/** The question whether a step may do what it wants, in the same words wherever a person is asked. For a terminal. */
public final class ApprovalText {
    private ApprovalText() {}

    /** What a step of this investigation wants. */
    public static String of(Wish wish) {
        return of(wish.step(), wish.target(), wish.command(), wish.undo(), wish.attempt());
    }

    /** Several lines, the last one with a line feed at its end. */
    public static String of(String step, Optional<String> target, String command, Optional<String> undo, int attempt) {
        StringBuilder text = new StringBuilder("step ").append(PlainText.forTerminal(step));
        text.append(" wants to run");
        target.ifPresent(where -> text.append(" on ").append(PlainText.forTerminal(where)));
        if (attempt > 1) {
            text.append(", attempt ").append(attempt);
        }
        text.append(":\n    ").append(indented(command)).append('\n');
        undo.ifPresent(how -> text.append("  undone by: ").append(indented(how)).append('\n'));
        return text.toString();
    }

    private static String indented(String block) {
        return PlainText.forTerminal(block).replace("\n", "\n    ");
    }
}
