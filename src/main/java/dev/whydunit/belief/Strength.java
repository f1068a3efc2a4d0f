package dev.whydunit.belief;

/**
 * How strongly a finding speaks for or against a hypothesis, as authors write it in lower case.
 */
public enum Strength {
    /** Twice as likely. */
    WEAK(2),
    /** Five times as likely. */
    MODERATE(5),
    /** Twenty times as likely. */
    STRONG(20),
    /** A thousand times as likely: enough for a verdict by itself. */
    CONCLUSIVE(1000);

    private final double ratio;

    Strength(double ratio) {
        this.ratio = ratio;
    }

    /** The likelihood ratio of a finding that supports with this strength; one that refutes has its inverse. */
    public double ratio() {
        return ratio;
    }
}
