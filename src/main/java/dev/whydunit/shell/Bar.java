package dev.whydunit.shell;

/** A probability as a bar of whole columns. */
final class Bar {
    private Bar() {}

    /** @param columns how wide it is, full and empty */
    static String of(double probability, int columns, boolean unicode) {
        int full = (int) Math.clamp(Math.round(probability * columns), 0, columns);
        return (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(columns - full);
    }
}
