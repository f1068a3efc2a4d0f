package dev.whydunit.incident;

import java.time.Duration;

/**
 * When alerts belong together.
 *
 * @param window how long after an incident's last alert an alert of a connected service, or of the same host or zone, joins it
 * @param depth how many ways in {@code depends_on} still connect
 * @param quiet how long nothing may fire before an incident closes
 * @param reopen how long after its end an incident is reopened by an alert of its own instead of a new one being opened
 * @param most how many values of each kind an incident keeps: services, hosts, group keys, firing alerts
 */
public record GroupingRules(Duration window, int depth, Duration quiet, Duration reopen, int most) {
    /** The usual ones with other times. */
    public static GroupingRules of(Duration window, Duration quiet, Duration reopen) {
        return new GroupingRules(window, DEFAULT.depth(), quiet, reopen, DEFAULT.most());
    }

    /** Five minutes, three ways, ten minutes of quiet, one hour. */
    public static final GroupingRules DEFAULT =
            new GroupingRules(Duration.ofMinutes(5), 3, Duration.ofMinutes(10), Duration.ofHours(1), 5_000);
}
