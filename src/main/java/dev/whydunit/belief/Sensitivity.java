package dev.whydunit.belief;

/** How surely a cause shows a finding: the probability that the finding is true where it speaks strongest. */
public enum Sensitivity {
    /** 0.5. */
    SOMETIMES(0.5),
    /** 0.8. */
    USUALLY(0.8),
    /** 0.98. */
    ALWAYS(0.98);

    private final double probability;

    Sensitivity(double probability) {
        this.probability = probability;
    }

    /** Between 0 and 1. */
    public double probability() {
        return probability;
    }
}
