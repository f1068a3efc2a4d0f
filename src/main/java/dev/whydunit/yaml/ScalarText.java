package dev.whydunit.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Finds a character of a scalar's value in the file by reading both side by side: the value is the source with quotes, escapes,
 * folded line ends and indentation taken out.
 */
record ScalarText(YamlText source, ScalarStyle style, String value, int from, int to, Position start)
        implements ScalarOffsets {

    @Override
    public Position positionOf(int offset) {
        return source.position(charOf(Math.min(offset, value.length())), from, start.line(), start.column());
    }

    private int charOf(int offset) {
        return switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED, PLAIN, JSON_SCALAR_STYLE -> flow(offset);
            case LITERAL, FOLDED -> block(offset);
        };
    }

    private int flow(int offset) {
        String text = source.text();
        int at = style == ScalarStyle.PLAIN ? from : from + 1;
        for (int i = 0; i < offset && at < to; i++) {
            at = skipFold(at, value.charAt(i));
            char c = text.charAt(at);
            if (style == ScalarStyle.DOUBLE_QUOTED && c == '\\') {
                at += escape(at);
            } else if (style == ScalarStyle.SINGLE_QUOTED && c == '\'') {
                at += 2;
            } else if (Character.isWhitespace(c) && value.charAt(i) == ' ' && foldsHere(at)) {
                at = endOfFold(at);
            } else {
                at++;
            }
        }
        int next = offset < value.length() ? skipFold(Math.min(at, to), value.charAt(offset)) : at;
        return Math.min(next, Math.max(from, to));
    }

    /** Steps over white space that the value does not have. */
    private int skipFold(int at, char wanted) {
        String text = source.text();
        int here = at;
        while (here < to - 1 && Character.isWhitespace(text.charAt(here)) && !Character.isWhitespace(wanted)) {
            here++;
        }
        return here;
    }

    private boolean foldsHere(int at) {
        String text = source.text();
        int here = at;
        while (here < to && (text.charAt(here) == ' ' || text.charAt(here) == '\t')) {
            here++;
        }
        return here < to && (text.charAt(here) == '\n' || text.charAt(here) == '\r');
    }

    private int endOfFold(int at) {
        int here = at;
        while (here < to && Character.isWhitespace(source.text().charAt(here))) {
            here++;
        }
        return here;
    }

    private int escape(int at) {
        char kind = at + 1 < to ? source.text().charAt(at + 1) : 'n';
        return switch (kind) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            case '\n', '\r' -> endOfFold(at + 1) - at;
            default -> 2;
        };
    }

    private int block(int offset) {
        String text = source.text();
        int at = lineAfter(from);
        int indentation = indentation(at);
        at = afterIndentation(at, indentation);
        for (int i = 0; i < offset && at < to; i++) {
            at = text.charAt(at) == '\n' ? afterIndentation(at + 1, indentation) : at + 1;
        }
        return Math.min(at, text.length());
    }

    private int lineAfter(int at) {
        int end = source.text().indexOf('\n', at);
        return end < 0 ? source.text().length() : end + 1;
    }

    private int indentation(int firstLine) {
        String text = source.text();
        int line = firstLine;
        while (line < to) {
            int spaces = 0;
            while (line + spaces < to && text.charAt(line + spaces) == ' ') {
                spaces++;
            }
            if (line + spaces < to && text.charAt(line + spaces) != '\n') {
                return spaces;
            }
            line = lineAfter(line);
        }
        return 0;
    }

    private int afterIndentation(int line, int indentation) {
        int at = line;
        while (at < to && at - line < indentation && source.text().charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
