package dev.whydunit.notification;

import dev.whydunit.alert.LabelMatcher;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which messages go where.
 *
 * @param when occasions; all when it is empty
 * @param matchers that the labels of the alert must meet, all of them; without an alert every label is the empty text
 * @param runbooks ids; all when it is empty
 * @param channels by name
 */
public record NotificationRoute(
        Set<Occasion> when, List<LabelMatcher> matchers, Set<String> runbooks, List<String> channels) {
    /** Keeps its own copies. */
    public NotificationRoute {
        when = Set.copyOf(when);
        matchers = List.copyOf(matchers);
        runbooks = Set.copyOf(runbooks);
        channels = List.copyOf(channels);
    }

    boolean takes(Occasion occasion, String runbook, Map<String, String> labels) {
        return (when.isEmpty() || when.contains(occasion))
                && (runbooks.isEmpty() || runbooks.contains(runbook))
                && matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }
}
