package dev.whydunit.step.metriccheck;

import dev.whydunit.step.metriccheck.MetricCheckResult.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The points of a series that a chart of bounded width needs: of each stretch, the one farthest from the median. */
final class Chart {
    private static final int MOST_POINTS = 120;

    private Chart() {}

    static List<Point> of(Values values) {
        List<Point> points = new ArrayList<>();
        if (values.size() == 0) {
            return points;
        }
        double median = values.quantile(0.5);
        int stretches = Math.min(values.size(), MOST_POINTS - 1);
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) stretch * values.size() / stretches);
            int to = (int) ((long) (stretch + 1) * values.size() / stretches);
            int far = from;
            for (int i = from; i < to; i++) {
                if (Math.abs(values.values()[i] - median) > Math.abs(values.values()[far] - median)) {
                    far = i;
                }
            }
            points.add(point(values, far));
        }
        // A chart ends where the window ends.
        Point last = point(values, values.size() - 1);
        if (!points.getLast().equals(last)) {
            points.add(last);
        }
        return points;
    }

    private static Point point(Values values, int index) {
        return new Point(Instant.ofEpochMilli(values.millis()[index]), values.values()[index]);
    }
}
