package dev.whydunit.report;

import java.util.Locale;

/** Numbers of the arithmetic as they are printed. */
final class Figures {
    private static final double LEAST_SHARE = 0.0001;
    private static final double MOST_SHARE = 0.9999;
    private static final String LEAST_SHARE_TEXT = "1e-4";

    private Figures() {}

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - Columns.width(text))) + text;
    }

    static String nats(double nats) {
        return String.format(Locale.ROOT, "%+.4f", nats);
    }

    static String decimals(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /** Never as 0 or 1. */
    static String share(double share) {
        return share < LEAST_SHARE
                ? "<" + LEAST_SHARE_TEXT
                : share > MOST_SHARE ? ">" + MOST_SHARE : decimals(share, 4);
    }

    /** At least four digits that count. */
    static String weight(double weight) {
        if (weight != 0 && (weight < 0.001 || weight >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", weight);
        }
        int whole = (int) Math.floor(Math.log10(Math.max(weight, 1)));
        return decimals(weight, Math.clamp(5L - whole, 0, 6));
    }
}
