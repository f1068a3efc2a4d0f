package dev.whydunit.incident;

import dev.whydunit.alert.Alert;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What grouping reads of an alert's labels: the names that the field's tools use for the same thing. */
public record Signal(Optional<String> service, Optional<String> host, Optional<String> zone, Severity severity) {
    private static final List<String> SERVICE = List.of("service", "service_name", "app", "application");
    /** Prometheus' name for what it scrapes: of a service, or of exporters. */
    private static final String JOB = "job";

    private static final List<String> HOST = List.of("host", "hostname", "node", "instance", "InstanceId");
    private static final List<String> ZONE = List.of("zone", "availability_zone", "az");
    private static final List<String> SEVERITY = List.of("severity", "priority", "level");

    /**
     * Of an alert. Its job is its service where no better label names one.
     *
     * @param serves whether a job of that name is a service
     */
    static Signal of(Alert alert, Predicate<String> serves) {
        return new Signal(
                first(alert.labels(), SERVICE)
                        .or(() -> first(alert.labels(), List.of(JOB)).filter(serves)),
                first(alert.labels(), HOST).map(Signal::withoutPort),
                first(alert.labels(), ZONE),
                first(alert.labels(), SEVERITY).map(Severity::of).orElse(Severity.WARNING));
    }

    private static Optional<String> first(Map<String, String> labels, List<String> names) {
        for (String name : names) {
            String value = labels.getOrDefault(name, "");
            if (!value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** {@code web1:9100} is web1; the colons of an IPv6 address stay. */
    private static String withoutPort(String instance) {
        int colon = instance.lastIndexOf(':');
        boolean port = colon > 0
                && colon < instance.length() - 1
                && instance.substring(colon + 1).chars().allMatch(Character::isDigit)
                && (instance.indexOf(':') == colon || instance.charAt(colon - 1) == ']');
        return (port ? instance.substring(0, colon) : instance).toLowerCase(Locale.ROOT);
    }
}
