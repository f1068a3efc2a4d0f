package dev.whydunit.incident;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The services and what each needs. Immutable; cycles are allowed, since real systems have them. */
public final class Catalogue {
    private final Map<String, Service> services;
    private final Map<String, Map<String, Integer>> below = new HashMap<>();

    /** With these services. */
    public Catalogue(Collection<Service> services) {
        this.services = services.stream()
                .collect(Collectors.toMap(Service::name, service -> service, (a, b) -> a, LinkedHashMap::new));
        Set<String> names = new HashSet<>(this.services.keySet());
        services.forEach(service -> names.addAll(service.dependsOn()));
        names.forEach(name -> below.put(name, distances(name)));
    }

    /** From the configuration's plain data; what is not a text, a number or a list of texts there is passed over. */
    public static Catalogue of(Map<String, Map<String, Object>> entries) {
        return new Catalogue(entries.entrySet().stream()
                .map(entry -> new Service(
                        entry.getKey(),
                        entry.getValue().get("tier") instanceof Number tier ? tier.intValue() : Service.UNKNOWN_TIER,
                        entry.getValue().get("owner") instanceof String owner ? owner : "",
                        texts(entry.getValue().getOrDefault("hosts", List.of())),
                        texts(entry.getValue().getOrDefault("depends_on", List.of()))))
                .toList());
    }

    private static Set<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new))
                : value instanceof String text ? Set.of(text) : Set.of();
    }

    /** The service of this name. */
    public Optional<Service> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    /** What a service needs, directly or by way of others, and by how many ways it is at least away; itself at 0. */
    public Map<String, Integer> needs(String service) {
        return below.getOrDefault(service, Map.of(service, 0));
    }

    /** Whether it has the service, or one that needs it. */
    boolean knows(String service) {
        return below.containsKey(service);
    }

    /** Those that are {@linkplain #connected connected} with a service, itself among them. */
    Set<String> connectedTo(String one, int most) {
        return below.keySet().stream()
                .filter(other -> connected(one, other, most))
                .collect(Collectors.toSet());
    }

    /** Whether one needs the other, or both need a third, within so many ways. */
    public boolean connected(String one, String other, int most) {
        if (!below.containsKey(one) || !below.containsKey(other)) {
            return one.equals(other);
        }
        Map<String, Integer> mine = needs(one);
        Map<String, Integer> theirs = needs(other);
        return mine.entrySet().stream()
                .anyMatch(entry -> entry.getValue() <= most
                        && theirs.containsKey(entry.getKey())
                        && theirs.get(entry.getKey()) <= most);
    }

    private Map<String, Integer> distances(String from) {
        Map<String, Integer> distances = new HashMap<>();
        Deque<String> next = new ArrayDeque<>();
        distances.put(from, 0);
        next.add(from);
        while (!next.isEmpty()) {
            String name = next.remove();
            Service service = services.get(name);
            if (service != null) {
                for (String needed : service.dependsOn()) {
                    if (distances.putIfAbsent(needed, distances.getOrDefault(name, 0) + 1) == null) {
                        next.add(needed);
                    }
                }
            }
        }
        return Map.copyOf(distances);
    }
}
