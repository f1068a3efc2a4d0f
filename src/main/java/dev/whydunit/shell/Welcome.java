package dev.whydunit.shell;

import dev.whydunit.journal.OpenIncident;
import dev.whydunit.report.PlainText;
import java.util.List;
import java.util.Optional;

/** What stands on the screen before the first command, and the help that begins with what is done first. */
final class Welcome {
    private static final String FIRST_FIVE = """
            What one does first:
              run slow_host             look at this machine; run TAB lists the runbooks
              next                      which step is next, and why: in bits and seconds
              tree                      the hypotheses, and how each moved
              why H                     the findings that made a probability, with the arithmetic
              hand-over                 a summary for the next shift, or for a ticket

            Then: evidence, step ID, timeline, watch, note TEXT, rule-out H --because TEXT, redo STEP,
                  try RUNBOOK, answer, approve, confirm H, compare ID ID, export -o md, use ID, stop
            help all lists every command, help COMMAND explains one. Tab completes, Ctrl-R searches what was
            typed before, Ctrl-C stops the running step (twice: the investigation), Ctrl-D leaves.
            """;

    private Welcome() {}

    static String help(boolean unicode) {
        return unicode ? FIRST_FIVE : PlainText.forTerminal(FIRST_FIVE);
    }

    /**
     * The first lines.
     *
     * @param incidents that are open, the worst first
     * @param latest the newest investigation, in a line
     */
    static String greeting(List<OpenIncident> incidents, Optional<String> latest) {
        StringBuilder text = new StringBuilder();
        if (!incidents.isEmpty()) {
            OpenIncident first = incidents.getFirst();
            text.append("Open: ").append(first.id());
            if (!first.origin().isEmpty()) {
                text.append(", probably because of ").append(first.origin());
            }
            if (incidents.size() > 1) {
                text.append(", and ").append(incidents.size() - 1).append(" more");
            }
            text.append(". Look: incident show ").append(first.id()).append('\n');
        }
        latest.ifPresent(line -> text.append("Last: ").append(line).append('\n'));
        if (incidents.isEmpty() && latest.isEmpty()) {
            text.append("Nothing was investigated yet. Try: demo (a real outage, found in half a minute),"
                    + " or: run slow_host\n");
        }
        return PlainText.forTerminal(
                text.append("help says what to do first.\n").toString());
    }
}
