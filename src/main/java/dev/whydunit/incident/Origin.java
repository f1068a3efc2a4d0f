package dev.whydunit.incident;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the common cause of several alerting services most probably is: the deepest dependency that explains the others.
 *
 * @param service its name; empty when no service is known
 * @param explains the alerting services that need it, itself included when it alerts
 * @param alerts whether it alerts itself
 */
public record Origin(String service, Set<String> explains, boolean alerts) {
    /** Keeps its own copy. */
    public Origin {
        explains = Set.copyOf(explains);
    }

    /**
     * The service that most of the alerting ones need. One that does not alert itself must explain at least two of them, and half as
     * many again as the best that does: silence speaks for a service. Of equals the one that needs nothing that alerts, then the
     * one with the least below it, then by name.
     */
    public static Origin of(Set<String> alerting, Catalogue catalogue) {
        Set<String> candidates = new TreeSet<>(alerting);
        alerting.forEach(service -> candidates.addAll(catalogue.needs(service).keySet()));
        List<Origin> origins = candidates.stream()
                .map(candidate ->
                        new Origin(candidate, explained(candidate, alerting, catalogue), alerting.contains(candidate)))
                .filter(origin -> origin.alerts() || origin.explains().size() > 1)
                .toList();
        return origins.stream()
                .max(Comparator.comparingInt(Origin::weight)
                        .thenComparing(Origin::alerts)
                        .thenComparing(Comparator.comparingInt(
                                        (Origin origin) -> alertingBelow(origin.service(), alerting, catalogue))
                                .reversed())
                        .thenComparing(Comparator.comparingInt((Origin origin) ->
                                        catalogue.needs(origin.service()).size())
                                .reversed())
                        .thenComparing(Comparator.comparing(Origin::service).reversed()))
                .orElse(new Origin("", Set.of(), false));
    }

    private int weight() {
        return (alerts ? 3 : 2) * explains.size();
    }

    private static Set<String> explained(String candidate, Set<String> alerting, Catalogue catalogue) {
        Set<String> explained = new HashSet<>();
        for (String service : alerting) {
            if (catalogue.needs(service).containsKey(candidate)) {
                explained.add(service);
            }
        }
        return explained;
    }

    private static int alertingBelow(String service, Set<String> alerting, Catalogue catalogue) {
        return (int) catalogue.needs(service).keySet().stream()
                .filter(needed -> !needed.equals(service) && alerting.contains(needed))
                .count();
    }
}
