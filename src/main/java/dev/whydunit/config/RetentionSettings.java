package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.schema.Durations;
import dev.whydunit.schema.Sizes;
import java.time.Duration;

/**
 * How long and how much is kept. Ages are of what is over; what runs or is open is kept however old it is.
 *
 * @param journal of all events, as a size
 * @param artifacts of all files in a state directory, as a size
 */
@About("How long and how much is kept.")
public record RetentionSettings(
        @About(value = "Investigations, after they ended.", example = "90d") @Default("90d")
        Duration investigations,

        @About(value = "Incidents, after their last alert.", example = "1y") @Default("1y")
        Duration incidents,

        @About(value = "Alerts whose incident is over.", example = "90d") @Default("90d")
        Duration alerts,

        @About(value = "Who did what, and what is said of investigations that were removed.", example = "2y")
        @Default("2y")
        Duration audit,

        @About(value = "All events together; the oldest investigations go first.", example = "10GB") @Default("10GB")
        String journal,

        @About(value = "All files together; the oldest investigations go first.", example = "5GB") @Default("5GB")
        String artifacts) {
    /** Before the default, which is checked against it. */
    private static final Duration SHORTEST = Duration.ofDays(1);

    /** What holds where nothing is configured. */
    public static final RetentionSettings DEFAULT = new RetentionSettings(
            Duration.ofDays(90), Duration.ofDays(365), Duration.ofDays(90), Duration.ofDays(730), "10GB", "5GB");

    /** Refuses ages below a day, and sizes that are none. */
    public RetentionSettings {
        atLeastADay("investigations", investigations);
        atLeastADay("incidents", incidents);
        atLeastADay("alerts", alerts);
        atLeastADay("audit", audit);
        bytes("journal", journal);
        bytes("artifacts", artifacts);
    }

    private static void atLeastADay(String key, Duration age) {
        if (age.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    key + " must be at least 1d, not " + Durations.format(age) + "; 100y keeps for ever");
        }
    }

    private static long bytes(String key, String size) {
        return Sizes.parse(size)
                .orElseThrow(() ->
                        new IllegalArgumentException(key + " is a size such as 5GB or 512MiB, not '" + size + "'"));
    }

    /** What {@code journal} says, in bytes. */
    public long journalBytes() {
        return bytes("journal", journal);
    }

    /** What {@code artifacts} says, in bytes. */
    public long artifactBytes() {
        return bytes("artifacts", artifacts);
    }
}
