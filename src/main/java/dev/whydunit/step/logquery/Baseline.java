package dev.whydunit.step.logquery;

import dev.whydunit.source.log.TimeWindow;
import java.time.Duration;

/** What a window is compared with: a window of the same length. */
public enum Baseline {
    /** The one just before it. */
    PREVIOUS,
    /** The same time a day before. */
    DAY,
    /** The same time a week before. */
    WEEK;

    TimeWindow of(TimeWindow window) {
        return window.earlier(
                switch (this) {
                    case PREVIOUS -> window.length();
                    case DAY -> Duration.ofDays(1);
                    case WEEK -> Duration.ofDays(7);
                });
    }
}
