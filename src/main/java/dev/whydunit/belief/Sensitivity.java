package dev.whydunit.belief;

/**
 * How surely a cause shows the finding that speaks for it: the word of {@code shows:}. A finding that a cause always
 * shows tells much when it is false.
 */
public enum Sensitivity {
    /** In half of the cases. */
    SOMETIMES(0.5),
    /** In four of five cases; what a finding has that says nothing else. */
    USUALLY(0.8),
    /** In 98 of 100 cases. */
    ALWAYS(0.98);

    private final double probability;

    Sensitivity(double probability) {
        this.probability = probability;
    }

    /** The probability that the finding is true, given the cause that it speaks most for. */
    public double probability() {
        return probability;
    }
}
