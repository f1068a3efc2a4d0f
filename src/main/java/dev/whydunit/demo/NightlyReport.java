package dev.whydunit.demo;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A job that shares the shop's host and uses all of its processors, with more and more threads. */
final class NightlyReport {
    private static final AtomicLong INSIDE = new AtomicLong();

    private NightlyReport() {}

    /** Begins with as many threads for each processor as asked for, and adds one for each at every line of the parent's. */
    public static void main(String[] arguments) {
        ParentWatch parent = new ParentWatch();
        work(Integer.parseInt(arguments[0]));
        parent.ready(0, command -> work(1));
    }

    private static void work(int threadsPerProcessor) {
        int threads = threadsPerProcessor * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < threads; i++) {
            long seed = i;
            Thread.ofPlatform().name("report-" + i).start(() -> count(seed));
        }
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
