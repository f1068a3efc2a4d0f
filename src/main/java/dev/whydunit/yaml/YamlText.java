package dev.whydunit.yaml;

/** A file's text, in which marks of the parser (counted in code points) become positions and chars. */
final class YamlText {
    private final String file;
    private final String text;
    private final boolean oneCharEach;

    YamlText(String file, String text) {
        this.file = file;
        this.text = text;
        this.oneCharEach = text.codePointCount(0, text.length()) == text.length();
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    /** The char at which the code point of that number stands. */
    int charAt(int codePoint) {
        return oneCharEach
                ? Math.min(codePoint, text.length())
                : text.offsetByCodePoints(0, Math.min(codePoint, text.codePointCount(0, text.length())));
    }

    /** The position of a char, walking on from a place that is known. */
    Position position(int chars, int knownChars, int knownLine, int knownColumn) {
        int line = knownLine;
        int column = knownColumn;
        int at = knownChars;
        while (at < chars && at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (codePoint == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
            at += Character.charCount(codePoint);
        }
        return new Position(file, line, column);
    }

    /** How many code points from one char to another lie on the first of their lines; at least 1. */
    int lengthOnLine(int from, int to) {
        int end = text.indexOf('\n', from);
        int stop = Math.max(from, Math.min(to, end < 0 ? text.length() : end));
        while (stop > from && Character.isWhitespace(text.charAt(stop - 1))) {
            stop--;
        }
        return Math.max(1, text.codePointCount(from, stop));
    }
}
