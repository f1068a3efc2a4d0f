package dev.whydunit.belief;

/** How strongly a finding speaks for or against a hypothesis, as a likelihood ratio. */
public enum Strength {
    /** 2 : 1. */
    WEAK(2),
    /** 5 : 1. */
    MODERATE(5),
    /** 20 : 1. */
    STRONG(20),
    /** 1000 : 1. */
    CONCLUSIVE(1000);

    private final double ratio;

    Strength(double ratio) {
        this.ratio = ratio;
    }

    /** The likelihood ratio, above 1. */
    public double ratio() {
        return ratio;
    }
}
