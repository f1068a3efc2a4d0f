package dev.whydunit.report;

import java.util.stream.Collectors;

/** Text of strangers in Markdown. */
public final class MarkdownText {
    /** What means something in CommonMark or GitHub's dialect wherever it stands. */
    private static final String SPECIAL = "\\`*_[]<>&|~!#$@";

    /** What means something at the beginning of a line, which is where a list item's or a cell's text begins. */
    private static final String SPECIAL_AT_START = "-+=:";

    /** CommonMark reads no longer number as an ordinal. */
    private static final int MAX_ORDINAL_DIGITS = 9;

    private MarkdownText() {}

    /** One line that shows as the text is. */
    public static String escaped(String text) {
        String line = ShownText.line(text.strip());
        StringBuilder escaped = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (SPECIAL.indexOf(character) >= 0
                    || i == 0 && SPECIAL_AT_START.indexOf(character) >= 0
                    || endsOrdinal(line, i)
                    || startsLink(line, i)) {
                escaped.append('\\');
            }
            escaped.append(character);
        }
        return escaped.toString();
    }

    /** A block of code that holds the text line by line and ends where the text ends. */
    static String fenced(String text) {
        String code = text.strip()
                .lines()
                .map(line -> ShownText.line(line.replace("\t", "    ")))
                .collect(Collectors.joining("\n"));
        int longest = 0;
        int run = 0;
        for (int i = 0; i < code.length(); i++) {
            run = code.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(Math.max(3, longest + 1));
        return fence + "text\n" + code + "\n" + fence;
    }

    /** The dot or bracket that would make digits at the beginning an item of an ordered list. */
    private static boolean endsOrdinal(String line, int at) {
        return at > 0
                && at <= MAX_ORDINAL_DIGITS
                && (line.charAt(at) == '.' || line.charAt(at) == ')')
                && line.substring(0, at).chars().allMatch(character -> character >= '0' && character <= '9');
    }

    /** The colon of {@code http://} and the dot of {@code www.}, which GitHub makes links of. */
    private static boolean startsLink(String line, int at) {
        return line.startsWith("://", at) || line.charAt(at) == '.' && line.regionMatches(true, at - 3, "www", 0, 3);
    }
}
