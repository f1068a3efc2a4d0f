package dev.whydunit.report;

/**
 * What a terminal can show.
 *
 * @param width in columns; less than 40 is taken as 40
 * @param colour whether colours may be used; nothing is said by colour alone
 * @param unicode whether it shows more than ASCII
 */
public record TextStyle(int width, boolean colour, boolean unicode) {
    private static final int LEAST_WIDTH = 40;

    /** Eighty columns, no colours, Unicode: what a pipe gets. */
    public static final TextStyle PLAIN = new TextStyle(80, false, true);

    /** Takes a width that text fits in. */
    public TextStyle {
        width = Math.max(LEAST_WIDTH, width);
    }
}
