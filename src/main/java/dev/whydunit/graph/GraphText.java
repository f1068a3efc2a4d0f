package dev.whydunit.graph;

/** Texts of a runbook on their way into a picture. */
final class GraphText {
    private GraphText() {}

    /** Without control characters, on one line. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean gap = Character.isWhitespace(c);
            boolean bad = Character.isISOControl(c)
                    || Character.getType(c) == Character.SURROGATE
                    || Character.getType(c) == Character.FORMAT
                    || (c & 0xfffe) == 0xfffe;
            plain.appendCodePoint(gap ? ' ' : bad ? '\uFFFD' : c);
        });
        return plain.toString().strip();
    }

    /** Cut where it becomes wider than so many columns. */
    static String cut(String text, int columns) {
        String plain = plain(text);
        StringBuilder cut = new StringBuilder();
        int used = 0;
        for (int i = 0; i < plain.length(); i += Character.charCount(plain.codePointAt(i))) {
            int c = plain.codePointAt(i);
            used += wide(c) ? 2 : 1;
            if (used > columns) {
                cut.setLength(Math.max(0, cut.length() - 1));
                return cut.toString().stripTrailing() + "…";
            }
            cut.appendCodePoint(c);
        }
        return cut.toString();
    }

    private static boolean wide(int c) {
        return c >= 0x1100
                && (Character.isIdeographic(c) || c <= 0x115f || (c >= 0x3000 && c <= 0xffe6) || c > 0x1f000);
    }

    static String xml(String text) {
        return plain(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
