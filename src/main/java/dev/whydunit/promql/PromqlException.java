package dev.whydunit.promql;

/** A query cannot be read or evaluated. The message is one line that begins with the place, {@code line:column}. */
public final class PromqlException extends Exception {
    private final int line;
    private final int column;

    PromqlException(String query, int offset, String message) {
        this(lineOf(query, offset), columnOf(query, offset), message);
    }

    private PromqlException(int line, int column, String message) {
        super(line + ":" + column + ": " + message);
        this.line = line;
        this.column = column;
    }

    /** The line in the query, from 1. */
    public int line() {
        return line;
    }

    /** The column in the line, from 1. */
    public int column() {
        return column;
    }

    private static int lineOf(String query, int offset) {
        return 1
                + (int) query.substring(0, Math.min(offset, query.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static int columnOf(String query, int offset) {
        int end = Math.min(offset, query.length());
        return end - (end == 0 ? -1 : query.lastIndexOf('\n', end - 1));
    }
}
