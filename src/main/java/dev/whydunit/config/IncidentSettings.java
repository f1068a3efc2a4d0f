package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How alerts become incidents, and what is run for them.
 *
 * @param stormServices from how many alerting services on an outage is looked at as one
 */
@About("How alerts become incidents, and what is run for them.")
public record IncidentSettings(
        @About(value = "The runbook for an alert that no trigger matches and that names none.", example = "slow_host")
        @Default("slow_host")
        String defaultRunbook,

        @About(
                value =
                        "The runbook for an origin that does not alert itself, and instead of the default one when many services alert.",
                example = "triage")
        @Default("triage")
        String stormRunbook,

        @About("How many services alert when they are many.") @Default("5")
        int stormServices,

        @About("How long after an incident's last alert those of connected services, hosts and zones join it.")
        @Default("5m")
        Duration window,

        @About("How long nothing fires before an incident is closed.") @Default("10m")
        Duration quiet,

        @About("How long after its end an alert of its own reopens an incident.") @Default("1h")
        Duration reopen,

        @About(
                value =
                        "Values of the label job that name no service, unless the catalogue has it; * stands for any characters. Left out: the usual exporters.",
                example = "[node, '*-exporter']")
        Optional<List<String>> notServices) {
    /** Keeps its own copy. */
    public IncidentSettings {
        notServices = notServices.map(List::copyOf);
    }

    /** What holds when nothing is said. */
    public static final IncidentSettings DEFAULT = new IncidentSettings(
            "slow_host",
            "triage",
            5,
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Optional.empty());
}
