package dev.whydunit.incident;

import static dev.whydunit.store.Statements.update;

import dev.whydunit.alert.Alert;
import dev.whydunit.store.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes deliveries in, as many as wait at once: what is known of their alerts is asked for all of them, and what they change is stored
 * by one statement a table, so that a storm costs a row an alert and not a conversation with the database.
 */
final class Intake implements Together<Intake.Delivered, Accepted> {
    private static final int FLAPS = 3;
    private static final Duration FLAPPING = Duration.ofMinutes(10);

    private final RecentIncidents recent;
    private final Grouping grouping;
    private final Triage triage;

    Intake(RecentIncidents recent, Grouping grouping, Triage triage) {
        this.recent = recent;
        this.grouping = grouping;
        this.triage = triage;
    }

    /** A delivery of a receiver. */
    record Delivered(String receiver, List<Incoming> alerts, Instant at) {
        /** Keeps its own copy. */
        Delivered {
            alerts = List.copyOf(alerts);
        }
    }

    private record Taken(int accepted, Optional<String> incident, Set<String> touched) {}

    @Override
    public List<Accepted> in(Connection connection, List<Delivered> deliveries) throws SQLException {
        try {
            recent.hold(connection, deliveries.getLast().at());
            Taking taking = new Taking(connection, deliveries);
            List<Taken> taken = new ArrayList<>();
            for (Delivered delivery : deliveries) {
                taken.add(taking.take(delivery));
            }
            Set<String> due = taking.store();
            return taken.stream()
                    .map(each -> new Accepted(
                            each.accepted(),
                            each.incident(),
                            each.touched(),
                            each.touched().stream().anyMatch(due::contains)))
                    .toList();
        } catch (SQLException | RuntimeException e) {
            // The transaction will be rolled back, and what is remembered with it.
            recent.forget();
            throw e;
        }
    }

    @Override
    public void committed(List<Delivered> deliveries, List<Accepted> results) {
        // What is remembered holds.
    }

    @Override
    public void failed(Delivered delivery, Exception cause) {
        recent.forget();
    }

    /** What some deliveries change, not stored yet. */
    private final class Taking {
        private final Connection connection;
        private final Instant now;
        /** The incident of each event that was seen before, by receiver. */
        private final Map<String, Map<String, String>> known = new HashMap<>();

        private final Map<AlertRows.Fired, Integer> fired;
        private final List<Object[]> alerts = new ArrayList<>();
        private final Map<String, Incident> changed = new LinkedHashMap<>();
        private final List<IncidentRows.Line> lines = new ArrayList<>();
        /** Each as it was when it became worth a look for the first time. */
        private final Map<String, Incident> looks = new LinkedHashMap<>();

        Taking(Connection connection, List<Delivered> deliveries) throws SQLException {
            this.connection = connection;
            this.now = deliveries.getLast().at();
            Map<String, Set<String>> events = new LinkedHashMap<>();
            Set<String> fingerprints = new LinkedHashSet<>();
            for (Delivered delivery : deliveries) {
                for (Incoming item : delivery.alerts()) {
                    events.computeIfAbsent(delivery.receiver(), receiver -> new LinkedHashSet<>())
                            .add(item.event());
                    fingerprints.add(item.alert().fingerprint());
                }
            }
            for (Map.Entry<String, Set<String>> receiver : events.entrySet()) {
                known.put(receiver.getKey(), AlertRows.known(connection, receiver.getKey(), receiver.getValue()));
            }
            fired = AlertRows.fired(connection, deliveries.getFirst().at().minus(FLAPPING), fingerprints);
        }

        Taken take(Delivered delivery) throws SQLException {
            int accepted = 0;
            Optional<String> first = Optional.empty();
            Set<String> touched = new HashSet<>();
            Map<String, String> before = known.getOrDefault(delivery.receiver(), new HashMap<>());
            for (Incoming item : delivery.alerts()) {
                String incident = before.get(item.event());
                boolean again = incident != null && !item.told() && changes(item.alert());
                if (incident == null || again) {
                    incident = take(delivery, item, again, touched);
                    before.put(item.event(), incident);
                    accepted++;
                }
                if (first.isEmpty() && !incident.isEmpty()) {
                    first = Optional.of(incident);
                }
            }
            return new Taken(accepted, first, touched);
        }

        /** Whether it would begin to fire, or end, by what is known now. */
        private boolean changes(Alert alert) {
            boolean fires = recent.firing(alert.fingerprint()).stream()
                    .anyMatch(incident -> incident.live() && incident.firing().has(alert.fingerprint()));
            return fires != (alert.status() == Alert.Status.FIRING);
        }

        private String take(Delivered delivery, Incoming item, boolean again, Set<String> touched) throws SQLException {
            Alert alert = item.alert();
            Instant at = delivery.at();
            Signal signal = item.signal();
            Grouping.Decision decision =
                    grouping.take(alert, signal, recent.candidates(alert, signal, grouping), recent.nextNumber(), at);
            String id = decision.incident().map(Incident::id).orElse("");
            alerts.add(AlertRows.values(recent.nextAlert(at), delivery.receiver(), item, again, at, id));
            if (decision.incident().isEmpty()) {
                return id;
            }
            Incident incident = decision.incident().get();
            if (alert.status() == Alert.Status.FIRING) {
                fired.merge(new AlertRows.Fired(alert.fingerprint(), id), 1, Integer::sum);
            }
            Optional<String> flaps = flapping(item, incident, decision);
            touched.add(id);
            if (decision.opened()) {
                say(id, at, "opened", decision.why());
            } else if (decision.reopened()) {
                say(id, at, "reopened", decision.why());
            } else if (flaps.isPresent()) {
                if (!flaps.get().isEmpty()) {
                    say(id, at, "flapping", flaps.get());
                }
            } else if (decision.joined() || alert.status() == Alert.Status.RESOLVED) {
                say(id, at, decision.joined() ? "alert" : "resolved", decision.why());
            }
            if (decision.merged().isEmpty()) {
                recent.remember(incident, alert);
                changed.put(incident.id(), incident);
            } else {
                change(incident);
                merge(id, decision.merged(), at);
            }
            boolean news = decision.joined() && flaps.isEmpty();
            if (decision.opened() || decision.reopened() || !decision.merged().isEmpty() || news) {
                looks.putIfAbsent(id, incident);
            }
            return id;
        }

        /**
         * Whether the alert flaps: it began to fire in this incident {@value #FLAPS} times within {@link #FLAPPING}. What it does then is
         * stored and neither listed nor looked at.
         *
         * @return empty when it does not; else the line for the timeline, which is empty when it was said before
         */
        private Optional<String> flapping(Incoming item, Incident incident, Grouping.Decision decision) {
            Alert alert = item.alert();
            if (decision.opened() || decision.reopened() || !decision.merged().isEmpty()) {
                return Optional.empty();
            }
            int times = fired.getOrDefault(new AlertRows.Fired(alert.fingerprint(), incident.id()), 0);
            if (times < FLAPS) {
                return Optional.empty();
            }
            return Optional.of(
                    times == FLAPS && decision.joined()
                            ? Grouping.named(alert, item.signal()) + " flaps: it began to fire " + FLAPS
                                    + " times within " + FLAPPING.toMinutes()
                                    + " minutes; what it does from here on is not listed"
                            : "");
        }

        private void change(Incident incident) {
            recent.remember(incident);
            changed.put(incident.id(), incident);
        }

        private void say(String incident, Instant at, String type, String text) {
            lines.add(new IncidentRows.Line(incident, at, type, text));
        }

        /** Alerts and investigations move, those of this transaction too: they are stored first. */
        private void merge(String id, List<Incident> merged, Instant at) throws SQLException {
            merged.forEach(this::change);
            storeRows();
            for (Incident other : merged) {
                update(connection, "update alert set incident = ? where incident = ?", id, other.id());
                update(connection, "update investigation set incident = ? where incident = ?", id, other.id());
                known.values().forEach(events -> events.replaceAll((event, in) -> in.equals(other.id()) ? id : in));
                for (AlertRows.Fired before : Set.copyOf(fired.keySet())) {
                    if (before.incident().equals(other.id())) {
                        fired.merge(
                                new AlertRows.Fired(before.fingerprint(), id),
                                fired.getOrDefault(before, 0),
                                Integer::sum);
                    }
                }
                say(other.id(), at, "merged", "is part of " + id);
                say(id, at, "merged", other.id() + " is part of it");
            }
        }

        private void storeRows() throws SQLException {
            // What happened in an incident refers to its row.
            recent.save(connection, changed.values());
            AlertRows.add(connection, alerts);
            IncidentRows.addToHeld(connection, lines);
            changed.clear();
            alerts.clear();
            lines.clear();
        }

        /** Stores it all; gives the incidents that are to be looked at now. */
        Set<String> store() throws SQLException {
            storeRows();
            return looks.isEmpty() ? Set.of() : triage.look(connection, looks.values(), now);
        }
    }
}
