package dev.whydunit.report;

import java.util.Locale;

/** Text from outside on a terminal, and numbers as people read them. */
public final class PlainText {
    private PlainText() {}

    /**
     * The text with every control character shown instead of sent: an escape sequence in a log line must not move the
     * cursor, change colours or answer for the user. Newlines and tabs stay.
     */
    public static String forTerminal(String text) {
        return ShownText.block(text);
    }

    /** One line of it: line breaks and tabs are shown as well. */
    public static String line(String text) {
        return ShownText.line(text);
    }

    /** A probability in per cent; never 100 % nor 0 %, since no evidence gives certainty. */
    public static String percent(double probability) {
        double percent = probability * 100;
        if (percent >= 99.95) {
            return ">99.9 %";
        }
        if (percent < 0.05) {
            return "<0.1 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
