package dev.whydunit.cli;

/** Text for {@code man}: what roff would read as a request, an escape or a typographic sign is printed as it is. */
final class Roff {
    private Roff() {}

    /** A text within a line. */
    static String text(String plain) {
        StringBuilder out = new StringBuilder(plain.length() + 16);
        for (int at = 0; at < plain.length(); at++) {
            char one = plain.charAt(at);
            switch (one) {
                case '\\' -> out.append("\\(rs");
                case '-' -> out.append("\\-");
                case '\'' -> out.append("\\(aq");
                case '`' -> out.append("\\(ga");
                case '^' -> out.append("\\(ha");
                case '~' -> out.append("\\(ti");
                case '"' -> out.append("\\(dq");
                case '\n' -> out.append(' ');
                case '…' -> out.append("...");
                default -> out.append(one < 0x80 ? String.valueOf(one) : "\\[u%04X]".formatted((int) one));
            }
        }
        return out.toString();
    }

    /** A text that begins a line: a dot there would begin a request. */
    static String line(String plain) {
        String text = text(plain);
        return text.startsWith(".") ? "\\&" + text : text;
    }

    static String bold(String plain) {
        return "\\fB" + text(plain) + "\\fR";
    }

    static String italic(String plain) {
        return "\\fI" + text(plain) + "\\fR";
    }
}
