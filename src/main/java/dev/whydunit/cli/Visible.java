package dev.whydunit.cli;

/** Text of a file on a terminal: what would steer the terminal is shown, not sent. */
final class Visible {
    private Visible() {}

    static String text(String line) {
        StringBuilder shown = new StringBuilder(line.length());
        line.codePoints().forEach(c -> {
            if (c == '\t') {
                shown.append("→");
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append('\uFFFD');
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
