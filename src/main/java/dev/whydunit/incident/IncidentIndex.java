package dev.whydunit.incident;

import dev.whydunit.alert.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Incidents by what an alert may know them by: its fingerprint, group, service, host and zone. It may name incidents that have it no more, and
 * never leaves out one that has it: whoever asks looks at those that are named, and not at all.
 */
final class IncidentIndex {
    /** Names that no incident has any more are forgotten when there are so many times more than those that one has. */
    private static final int STALE = 4;

    private static final int FEW = 1_000;

    private final Map<String, Set<String>> ids = new HashMap<>();

    /** Those that the alert may belong to, the oldest first. */
    List<Incident> candidates(Alert alert, Signal signal, Map<String, Incident> byId, Grouping grouping) {
        Set<String> found = new TreeSet<>();
        add(fires(alert.fingerprint()), found);
        add(group(alert.groupKey()), found);
        signal.service().ifPresent(own -> {
            add(service(own), found);
            grouping.related(own).forEach(other -> add(service(other), found));
        });
        signal.host().ifPresent(host -> add(host(host), found));
        signal.zone().ifPresent(zone -> add(host("zone:" + zone), found));
        return incidents(found, byId);
    }

    /** Those in which an alert of this fingerprint may fire, the oldest first. */
    List<Incident> firing(String fingerprint, Map<String, Incident> byId) {
        Set<String> found = new TreeSet<>();
        add(fires(fingerprint), found);
        return incidents(found, byId);
    }

    private void add(String key, Set<String> found) {
        Set<String> named = ids.get(key);
        if (named != null) {
            found.addAll(named);
        }
    }

    private static List<Incident> incidents(Set<String> found, Map<String, Incident> byId) {
        List<Incident> incidents = new ArrayList<>();
        for (String id : found) {
            Incident incident = byId.get(id);
            if (incident != null) {
                incidents.add(incident);
            }
        }
        incidents.sort(Comparator.comparingInt(Incident::number));
        return incidents;
    }

    /** All that one is known by. */
    void put(Incident incident) {
        incident.firing().fingerprints().forEach(fingerprint -> put(fires(fingerprint), incident));
        putNames(incident);
    }

    /** The same for one of which all but this alert, and perhaps names that came in with it, was put before. */
    void put(Incident before, Incident incident, Alert alert) {
        put(fires(alert.fingerprint()), incident);
        if (!sameNames(before, incident)) {
            putNames(incident);
        }
    }

    private void putNames(Incident incident) {
        incident.groupKeys().forEach(key -> put(group(key), incident));
        incident.services().forEach(name -> put(service(name), incident));
        incident.hosts().forEach(name -> put(host(name), incident));
    }

    private void put(String key, Incident incident) {
        ids.computeIfAbsent(key, any -> new TreeSet<>()).add(incident.id());
    }

    /** Whether both share their services, hosts and groups. */
    static boolean sameNames(Incident one, Incident other) {
        return one.services() == other.services()
                && one.hosts() == other.hosts()
                && one.groupKeys() == other.groupKeys();
    }

    /** Begins anew when most of it is about what is no more. */
    void tidy(Collection<Incident> all) {
        int most = FEW;
        for (Incident incident : all) {
            most += Stream.of(incident.services(), incident.hosts(), incident.groupKeys())
                            .mapToInt(Set::size)
                            .sum()
                    + incident.firing().size();
        }
        if (ids.size() > STALE * most) {
            ids.clear();
            all.forEach(this::put);
        }
    }

    void clear() {
        ids.clear();
    }

    private static String fires(String fingerprint) {
        return "fires " + fingerprint;
    }

    private static String group(String key) {
        return "group " + key;
    }

    private static String service(String name) {
        return "service " + name;
    }

    private static String host(String name) {
        return "host " + name;
    }
}
