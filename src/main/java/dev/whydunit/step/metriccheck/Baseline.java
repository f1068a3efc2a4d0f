package dev.whydunit.step.metriccheck;

import java.time.Duration;

/** Which window of the same length the window is compared with. */
public enum Baseline {
    /** The one just before. */
    PREVIOUS,
    /** The one a day before. */
    DAY,
    /** The one a week before. */
    WEEK;

    /** How long before the window it is; a day and a week are made as long as the window where that is longer. */
    Duration shift(Duration over) {
        Duration shift = switch (this) {
            case PREVIOUS -> over;
            case DAY -> Duration.ofDays(1);
            case WEEK -> Duration.ofDays(7);
        };
        return shift.compareTo(over) < 0 ? over : shift;
    }
}
