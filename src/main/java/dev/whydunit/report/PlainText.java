package dev.whydunit.report;

import java.util.stream.Collectors;

/** Text of several lines on a terminal, and probabilities as people read them. */
public final class PlainText {
    private PlainText() {}

    /** The text with its lines as they are and every other control character shown instead of sent; see {@link ShownText}. */
    public static String forTerminal(String text) {
        return text.split("\n", -1).length == 1
                ? ShownText.line(text)
                : text.lines().map(ShownText::line).collect(Collectors.joining("\n")) + (text.endsWith("\n") ? "\n" : "");
    }

    /** A probability in per cent; never 100 % nor 0 %, since no evidence gives certainty. */
    public static String percent(double probability) {
        return Wording.percent(probability);
    }
}
