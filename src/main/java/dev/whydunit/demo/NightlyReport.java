package dev.whydunit.demo;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A job that shares the shop's host and uses all of its processors: many more threads than there are processors. */
final class NightlyReport {
    private static final AtomicLong INSIDE = new AtomicLong();

    private NightlyReport() {}

    /** Takes the number of threads for each processor. Runs until it is ended. */
    public static void main(String[] arguments) {
        ParentWatch parent = new ParentWatch();
        int threads = Integer.parseInt(arguments[0]) * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < threads; i++) {
            long seed = i;
            Thread.ofPlatform().name("report-" + i).start(() -> count(seed));
        }
        parent.ready(0, command -> {});
    }

    /** Honest work, so that no compiler leaves it out: points in a quarter circle. */
    private static void count(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        while (true) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            if (x * x + y * y < 1 && random.nextInt(1_000_000) == 0) {
                INSIDE.incrementAndGet();
            }
        }
    }
}
