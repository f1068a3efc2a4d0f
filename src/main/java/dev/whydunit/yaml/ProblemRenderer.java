package dev.whydunit.yaml;

import java.util.List;
import java.util.Set;

/** Prints problems: one line each, or as a compiler does. Control characters of the source are shown, not sent. */
public final class ProblemRenderer {
    private static final int WIDTH = 160;
    /** Secrets by value: their lines are not shown. */
    private static final Set<String> SECRETS = Set.of("E606", "W205");

    private ProblemRenderer() {}

    /** {@code file:line:column: message [CODE]}. */
    public static String line(Problem problem) {
        return problem.position() + ": " + visible(problem.message()) + " [" + problem.code() + "]";
    }

    /**
     * The code and message, the place, the source line with a caret under the range, and what to do.
     *
     * @param source the text of the file
     */
    public static String full(Problem problem, String source) {
        Position position = problem.position();
        String number = Integer.toString(position.line());
        String margin = " ".repeat(number.length());
        StringBuilder text = new StringBuilder();
        text.append(problem.severity().word())
                .append('[')
                .append(problem.code())
                .append("]: ")
                .append(visible(problem.message()))
                .append('\n');
        text.append(margin).append("--> ").append(position).append('\n');
        List<String> lines = source.lines().toList();
        if (position.line() <= lines.size() && !SECRETS.contains(problem.code())) {
            excerpt(text, problem, lines.get(position.line() - 1), number, margin);
        }
        if (!problem.help().isEmpty()) {
            text.append(margin)
                    .append(" = help: ")
                    .append(visible(problem.help()))
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * The line of {@link #line}, then the source line with a caret under the range, and what to do.
     *
     * @param source the text of the file; empty where it is not known
     */
    public static String lineAndExcerpt(Problem problem, String source) {
        String full = full(problem, source);
        int place = full.indexOf('\n', full.indexOf('\n') + 1);
        return line(problem) + "\n" + full.substring(place + 1);
    }

    private static void excerpt(StringBuilder text, Problem problem, String line, String number, String margin) {
        int[] codePoints = line.codePoints().toArray();
        int column = Math.min(problem.position().column() - 1, codePoints.length);
        int first = Math.max(0, Math.min(column - WIDTH / 2, codePoints.length - WIDTH));
        int last = Math.min(codePoints.length, first + WIDTH);
        String shown = visible(new String(codePoints, first, last - first));
        int caret = Math.max(1, Math.min(problem.length(), last - column));
        text.append(margin).append(" |\n");
        text.append(number)
                .append(" | ")
                .append(first > 0 ? "…" : "")
                .append(shown)
                .append(last < codePoints.length ? "…" : "");
        text.append('\n').append(margin).append(" | ").append(" ".repeat(column - first + (first > 0 ? 1 : 0)));
        text.append("^".repeat(caret)).append('\n');
    }

    private static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (codePoint == '\t') {
                shown.append(' ');
            } else if (Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT) {
                shown.append('\uFFFD');
            } else {
                shown.appendCodePoint(codePoint);
            }
        });
        return shown.toString();
    }
}
