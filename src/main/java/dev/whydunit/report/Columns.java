package dev.whydunit.report;

import java.util.ArrayList;
import java.util.List;

/** Text in columns of a terminal, where a character may take none, one or two of them. */
final class Columns {
    private Columns() {}

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** With spaces after it, to this width. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** Cut to this width, the mark at its end when it was. */
    static String cut(String text, int width, String mark) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int left = width - width(mark);
        for (int character : text.codePoints().toArray()) {
            left -= width(character);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(character);
        }
        return kept.toString().stripTrailing() + mark;
    }

    /**
     * Broken at spaces into lines of at most this width; a longer word is broken anywhere, a number and its percent sign stay
     * together. At least one line.
     */
    static List<String> wrapped(String text, int width) {
        int limit = Math.max(8, width);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.strip().split(" +(?!%)", -1)) {
            String rest = word;
            if (used > 0 && used + 1 + width(rest) > limit) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            while (width(rest) > limit) {
                String head = cut(rest, limit, "");
                lines.add(head);
                rest = rest.substring(head.length());
            }
            if (used > 0) {
                line.append(' ');
                used++;
            }
            line.append(rest);
            used += width(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    /** East Asian wide and full-width characters and emoji, by their blocks. */
    private static boolean isWide(int character) {
        return character >= 0x1100
                && (character <= 0x115f
                        || character >= 0x2e80 && character <= 0xa4cf
                        || character >= 0xac00 && character <= 0xd7a3
                        || character >= 0xf900 && character <= 0xfaff
                        || character >= 0xfe30 && character <= 0xfe6f
                        || character >= 0xff00 && character <= 0xff60
                        || character >= 0xffe0 && character <= 0xffe6
                        || character >= 0x1f300 && character <= 0x1faff
                        || character >= 0x20000 && character <= 0x3fffd);
    }
}
