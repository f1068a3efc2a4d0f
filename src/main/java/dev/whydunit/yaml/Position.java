package dev.whydunit.yaml;

/**
 * A place in a file.
 *
 * @param file as it was given, for people
 * @param line counted from 1
 * @param column in code points, counted from 1
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
    /** Lines and columns begin at 1. */
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column begin at 1: " + line + ":" + column);
        }
    }

    /** The beginning of a file. */
    public static Position start(String file) {
        return new Position(file, 1, 1);
    }

    @Override
    public int compareTo(Position other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
