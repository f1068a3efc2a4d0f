package dev.whydunit.report;

/**
 * Makes text of strangers safe to look at: what could command a terminal, hide itself or turn the direction of reading is
 * shown as an escape ({@code \x1b}, {@code \u202e}) instead of being sent.
 */
final class ShownText {
    private ShownText() {}

    /** One line: line breaks and tabs are shown as escapes as well. */
    static String line(String text) {
        return shown(text, "", false);
    }

    /** One line of ASCII alone, for terminals that know nothing else: the rest is shown as escapes as well. */
    static String asciiLine(String text) {
        return shown(text, "", true);
    }

    /** Lines: their breaks and tabs stay. */
    static String block(String text) {
        return shown(text, "\n\t", false);
    }

    private static String shown(String text, String kept, boolean asciiOnly) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (kept.indexOf(character) >= 0 || isHarmless(character) && !(asciiOnly && character > 0x7e)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(escape(character));
            }
        });
        return shown.toString();
    }

    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                character < 0x100
                        ? "\\x%02x".formatted(character)
                        : character < 0x10000 ? "\\u%04x".formatted(character) : "\\u{%x}".formatted(character);
        };
    }
}
