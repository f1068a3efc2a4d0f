package dev.whydunit.runbook;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;

/**
 * How often a failed attempt is made again.
 *
 * @param times further attempts after the first
 * @param wait_ before the first further attempt
 * @param backoff what the wait is multiplied by each time
 */
@About("How a failed attempt is made again.")
public record Retry(
        @About("Further attempts after the first, at most 10.") @Default("1")
        int times,

        @About("The wait before the first further attempt.") @Default("1s")
        Duration wait_,

        @About("What the wait is multiplied by after each attempt.") @Default("2")
        double backoff) {
    /** No further attempt. */
    public static final Retry NEVER = new Retry(0, Duration.ofSeconds(1), 1);

    /** Keeps retries bounded. */
    public Retry {
        if (times < 0 || times > 10) {
            throw new IllegalArgumentException("times is from 0 to 10, not " + times);
        }
        if (!(backoff >= 1 && backoff <= 10)) {
            throw new IllegalArgumentException("backoff is from 1 to 10, not " + backoff);
        }
        if (wait_.isNegative() || wait_.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("wait is at most 1h");
        }
    }
}
