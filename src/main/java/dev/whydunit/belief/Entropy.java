package dev.whydunit.belief;

/** Shannon's entropy. */
final class Entropy {
    private Entropy() {}

    /** In bits; what has probability 0 adds nothing. */
    static double bits(double[] probabilities) {
        double nats = 0;
        for (double probability : probabilities) {
            if (probability > 0) {
                nats -= probability * Math.log(probability);
            }
        }
        return Math.max(0, nats / Math.log(2));
    }
}
