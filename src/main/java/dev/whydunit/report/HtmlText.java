package dev.whydunit.report;

/** Text of strangers in HTML. */
public final class HtmlText {
    private HtmlText() {}

    /** One line that shows as the text is, as content or between double quotes in an attribute. */
    public static String escaped(String text) {
        String line = ShownText.line(text);
        StringBuilder escaped = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
