package dev.whydunit.authoring.rules;

import dev.whydunit.yaml.Position;
import java.util.ArrayList;
import java.util.List;

/** A file's text by lines, for finding the chars of a position. */
final class SourceText {
    private final String text;
    private final List<Integer> starts = new ArrayList<>(List.of(0));

    SourceText(String text) {
        this.text = text;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            starts.add(at + 1);
        }
    }

    int lines() {
        return starts.size();
    }

    /** A line without its end, counted from 1. */
    String line(int number) {
        int from = starts.get(number - 1);
        int end = number < starts.size() ? starts.get(number) - 1 : text.length();
        return text.substring(from, end > from && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    /** The char at which a position stands. */
    int charAt(Position position) {
        int from = starts.get(Math.min(position.line(), starts.size()) - 1);
        String line = line(Math.min(position.line(), starts.size()));
        int points = Math.min(position.column() - 1, line.codePointCount(0, line.length()));
        return from + line.offsetByCodePoints(0, points);
    }

    /** The position of a char of a line. */
    Position position(String file, int line, int charInLine) {
        return new Position(file, line, line(line).codePointCount(0, charInLine) + 1);
    }
}
