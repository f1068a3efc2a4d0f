package dev.whydunit.report;

import java.util.List;
import java.util.Locale;

/**
 * What all texts for terminals are drawn with: headings, paragraphs, bars and queries of one style. Control characters in any
 * text are shown as escapes, never sent; no line is longer than the width but those that are to be pasted. Not thread-safe.
 */
final class Screen {
    /** The columns of a bar. */
    static final int BAR = 12;

    private static final int MAX_QUERY_LINES = 12;

    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();

    Screen(TextStyle style) {
        this.style = style;
    }

    /** What was drawn, with a line feed at its end. */
    String text() {
        return out.toString();
    }

    int width() {
        return style.width();
    }

    boolean unicode() {
        return style.unicode();
    }

    void blank() {
        out.append('\n');
    }

    /** A line that is safe to show already. */
    void line(String line) {
        out.append(line.stripTrailing()).append('\n');
    }

    /** Words in capitals after an empty line. */
    void heading(String words) {
        headingAsIs(words.toUpperCase(Locale.ROOT));
    }

    /** A heading that names something whose letters count. */
    void headingAsIs(String words) {
        if (!out.isEmpty()) {
            blank();
        }
        Columns.wrapped(shown(words), width()).forEach(line -> line(painted(line, Colour.BOLD)));
    }

    /** Words broken to the width, each line but the first indented as far as the first one's beginning is long. */
    void paragraph(String before, String words, Colour colour) {
        String indent = before;
        for (String line : Columns.wrapped(shown(words), width() - Columns.width(before))) {
            line(indent + painted(line, colour));
            indent = " ".repeat(Columns.width(before));
        }
    }

    /** A query, command or filter, line by line and unbroken, so that it can be pasted. */
    void query(String indent, String query, String whereAll) {
        query(indent, query, MAX_QUERY_LINES, whereAll);
    }

    /**
     * As {@link #query(String, String, String)}.
     *
     * @param most lines; of more, how many are left out is said
     * @param whereAll the command that shows them all
     */
    void query(String indent, String query, int most, String whereAll) {
        List<String> lines = query.strip().lines().toList();
        lines.stream()
                .limit(most)
                .forEach(line -> line(painted(indent + rule() + " ", Colour.DIM)
                        + painted(shown(line.replace("\t", "    ")), Colour.CYAN)));
        if (lines.size() > most) {
            line(indent + rule() + " and " + (lines.size() - most) + " more lines: " + shown(whereAll));
        }
    }

    /** Commands to go on with, each ready to paste, and what each is for where there is room for that. */
    void commands(List<Command> commands) {
        if (commands.isEmpty()) {
            return;
        }
        heading("Go on with");
        int widest = commands.stream()
                .mapToInt(it -> Columns.width(shown(it.command())))
                .max()
                .orElse(0);
        boolean fit = commands.stream().allMatch(it -> 2 + widest + 2 + Columns.width(it.purpose()) <= width());
        for (Command it : commands) {
            String command = shown(it.command());
            String purpose = fit ? " ".repeat(widest + 2 - Columns.width(command)) + shown(it.purpose()) : "";
            line("  " + painted(command, Colour.CYAN) + painted(purpose, Colour.DIM));
        }
    }

    /**
     * Something to go on with.
     *
     * @param command ready to paste
     * @param purpose in a few words
     */
    record Command(String command, String purpose) {}

    /** A bar of eighths of a column; something is shown of the least, and something is missing of the greatest. */
    String bar(double probability) {
        return bar(probability, BAR);
    }

    /** As {@link #bar(double)}, of so many columns. */
    String bar(double probability, int columns) {
        if (!style.unicode()) {
            int full = Math.clamp(Math.round(probability * columns), 0, columns - 1);
            return "#".repeat(full) + ".".repeat(columns - full);
        }
        int eighths = Math.clamp(Math.round(probability * columns * 8), 1, columns * 8 - 1);
        int full = eighths / 8;
        String part = eighths % 8 == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths % 8));
        return Columns.padded("█".repeat(full) + part, columns);
    }

    String rule() {
        return style.unicode() ? "│" : "|";
    }

    String bullet() {
        return style.unicode() ? "  • " : "  * ";
    }

    String arrow() {
        return style.unicode() ? " → " : " -> ";
    }

    /** What stands before something that is so, or is not. */
    String tick(boolean yes) {
        return yes ? (style.unicode() ? "✓" : "+") : style.unicode() ? "✗" : "-";
    }

    /** What shows that a text was cut. */
    String mark() {
        return style.unicode() ? "…" : "...";
    }

    String between() {
        return style.unicode() ? " · " : " | ";
    }

    /** Shown in so many columns; of a path that is longer, the end. */
    String path(String path, int columns) {
        String shown = shown(path);
        if (Columns.width(shown) <= columns) {
            return shown;
        }
        int from = 0;
        while (from < shown.length() && Columns.width(shown.substring(from)) + Columns.width(mark()) > columns) {
            from = shown.offsetByCodePoints(from, 1);
        }
        return mark() + shown.substring(from);
    }

    /** Cut to so many columns, and shown. */
    String cut(String text, int columns) {
        return Columns.cut(shown(text), columns, mark());
    }

    /** One line, without what could command the terminal or what it cannot show. */
    String shown(String text) {
        if (style.unicode()) {
            return ShownText.line(text);
        }
        return ShownText.asciiLine(text.replace('×', 'x')
                .replace('÷', '/')
                .replace('…', '~')
                .replace("→", "->")
                .replace('−', '-')
                .replace(" · ", " | "));
    }

    String painted(String text, Colour colour) {
        return style.colour() ? colour.of(text) : text;
    }
}
