package dev.whydunit.step.logquery;

import dev.whydunit.source.log.LogSlice.Bucket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a histogram leaves its baseline: a Shewhart control chart (mean ± 3 standard deviations) whose deviation is never
 * taken smaller than that of a Poisson process of the same mean; a rise may be one event more, since counts are whole numbers.
 */
final class Onset {
    private Onset() {}

    /**
     * The begin of the first bucket outside the baseline. After a baseline of none, one event is outside. A fall is not read
     * from the last bucket, whose events may still be on their way.
     */
    static Optional<Instant> of(List<Bucket> window, List<Bucket> baseline) {
        if (baseline.isEmpty()) {
            return Optional.empty();
        }
        double mean = baseline.stream().mapToLong(Bucket::count).average().orElse(0);
        double variance = baseline.stream()
                .mapToDouble(bucket -> (bucket.count() - mean) * (bucket.count() - mean))
                .average()
                .orElse(0);
        double allowed = 3 * Math.sqrt(Math.max(variance, mean));
        double most = mean == 0 ? 0 : mean + allowed + 1;
        for (int i = 0; i < window.size(); i++) {
            long count = window.get(i).count();
            boolean fell = count < mean - allowed && i < window.size() - 1;
            if (count > most || fell) {
                return Optional.of(window.get(i).at());
            }
        }
        return Optional.empty();
    }
}
