package dev.whydunit.incident;

import dev.whydunit.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Decides which incident an alert belongs to, and what becomes of the incident. Stateless: it reads incidents and gives new ones. */
public final class Grouping {
    private static final int MOST_ORIGINS = 1_000;

    private final Catalogue catalogue;
    private final GroupingRules rules;
    private final Signals signals;
    /** Of services that alert together, which they mostly do for many alerts. */
    private final Map<Set<String>, String> origins = new ConcurrentHashMap<>();
    /** Of services of the catalogue. */
    private final Map<String, Set<String>> related = new ConcurrentHashMap<>();

    /** By what alerts' labels say, the catalogue of services, and rules. */
    public Grouping(Signals signals, GroupingRules rules) {
        this.signals = signals;
        this.catalogue = signals.catalogue();
        this.rules = rules;
    }

    /**
     * What an alert does.
     *
     * @param incident with the alert in it; empty for the end of an alert that no incident has
     * @param opened whether it is new
     * @param reopened whether it was over
     * @param joined whether the alert began to fire in an incident that was there
     * @param merged incidents that turned out to be the same and are now part of it
     * @param why in words, for the timeline
     */
    public record Decision(
            Optional<Incident> incident,
            boolean opened,
            boolean reopened,
            boolean joined,
            List<Incident> merged,
            String why) {
        /** Keeps its own copy. */
        public Decision {
            merged = List.copyOf(merged);
        }
    }

    private record Reason(Incident incident, String why) {}

    /**
     * Takes an alert in.
     *
     * @param signal what {@link #signal} reads of the alert's labels
     * @param recent incidents that are live or ended within {@link GroupingRules#reopen}, those that were merged left out
     * @param next the number of the next new incident
     * @param now when the alert came in, by this machine's clock: the sender's may be wrong
     */
    public Decision take(Alert alert, Signal signal, Collection<Incident> recent, int next, Instant now) {
        return alert.status() == Alert.Status.FIRING
                ? firing(alert, signal, recent, next, now)
                : resolved(alert, signal, recent, now);
    }

    private Decision firing(Alert alert, Signal signal, Collection<Incident> recent, int next, Instant now) {
        List<Reason> reasons = new ArrayList<>();
        for (Incident incident : recent) {
            belongs(alert, signal, incident, now).ifPresent(why -> reasons.add(new Reason(incident, why)));
        }
        if (reasons.isEmpty()) {
            Incident opened = with(empty(next, now), alert, signal, now);
            return new Decision(
                    Optional.of(opened), true, false, false, List.of(), "opened by " + named(alert, signal));
        }
        // The oldest that is live keeps its number, which people may know already.
        reasons.sort(Comparator.comparing((Reason reason) -> !reason.incident().live())
                .thenComparingInt(reason -> reason.incident().number()));
        Reason first = reasons.getFirst();
        List<Incident> others = reasons.stream()
                .skip(1)
                .map(Reason::incident)
                .filter(Incident::live)
                .toList();
        Incident base = first.incident();
        boolean reopened = !base.live();
        boolean news = !base.firing().has(alert.fingerprint());
        for (Incident other : others) {
            base = together(base, other);
        }
        Incident after = with(base, alert, signal, now);
        List<Incident> merged = others.stream()
                .map(other -> merged(other, first.incident().id()))
                .toList();
        return new Decision(
                Optional.of(after), false, reopened, news, merged, named(alert, signal) + " joined: " + first.why());
    }

    /** What is read of an alert's labels. */
    public Signal signal(Alert alert) {
        return signals.of(alert);
    }

    /** The services of the catalogue that an outage of this one may be about too; whatever the catalogue knows nothing of has none. */
    Set<String> related(String service) {
        return catalogue.knows(service)
                ? related.computeIfAbsent(service, name -> catalogue.connectedTo(name, rules.depth()))
                : Set.of();
    }

    /** Why the alert belongs to the incident; empty when it does not. */
    private Optional<String> belongs(Alert alert, Signal signal, Incident incident, Instant now) {
        if (incident.firing().has(alert.fingerprint())) {
            return Optional.of("it fires in it already");
        }
        if (!alert.groupKey().isEmpty() && incident.groupKeys().contains(alert.groupKey())) {
            return Optional.of("the sender put it in the same group");
        }
        Optional<String> own = signal.service().filter(incident.services()::contains);
        if (own.isPresent()) {
            return Optional.of("it is of the same service, " + own.get());
        }
        if (!incident.live() || now.isAfter(incident.lastAlertAt().plus(rules.window()))) {
            return Optional.empty();
        }
        if (signal.service().isPresent()) {
            String mine = signal.service().get();
            for (String theirs : incident.services()) {
                if (catalogue.connected(mine, theirs, rules.depth())) {
                    return Optional.of(mine + " and " + theirs + " depend on each other or on the same");
                }
            }
        }
        if (signal.host().isPresent() && incident.hosts().contains(signal.host().get())) {
            return Optional.of("it is on the same host " + signal.host().get());
        }
        return signal.zone()
                .filter(zone -> incident.hosts().contains("zone:" + zone))
                .map(zone -> "it is in the same zone " + zone);
    }

    private Decision resolved(Alert alert, Signal signal, Collection<Incident> recent, Instant now) {
        Optional<Incident> holder = recent.stream()
                .filter(incident -> incident.firing().has(alert.fingerprint()))
                .findFirst();
        if (holder.isEmpty()) {
            return new Decision(
                    Optional.empty(), false, false, false, List.of(), "the end of an alert that no incident has");
        }
        Incident incident = holder.get();
        Firing firing = incident.firing().without(alert.fingerprint());
        boolean over = firing.isEmpty();
        Incident after = in(
                incident,
                over && incident.status() == Incident.Status.OPEN ? Incident.Status.RESOLVED : incident.status(),
                firing,
                over ? Optional.of(now) : incident.resolvedAt(),
                incident.mergedInto());
        return new Decision(Optional.of(after), false, false, false, List.of(), named(alert, signal) + " resolved");
    }

    /** The incident once it was quiet for long enough; empty when it is not to be closed yet. */
    public Optional<Incident> closed(Incident incident, Instant now) {
        boolean quiet = incident.status() == Incident.Status.RESOLVED
                && incident.resolvedAt().isPresent()
                && !now.isBefore(incident.resolvedAt().get().plus(rules.quiet()));
        return quiet
                ? Optional.of(in(
                        incident,
                        Incident.Status.CLOSED,
                        incident.firing(),
                        incident.resolvedAt(),
                        incident.mergedInto()))
                : Optional.empty();
    }

    /** The incident once a person said that it is over: what still fires is no news. */
    static Incident resolvedByPerson(Incident incident, Instant now) {
        return in(incident, Incident.Status.RESOLVED, incident.firing(), Optional.of(now), incident.mergedInto());
    }

    private static Incident empty(int number, Instant now) {
        return new Incident(
                "inc-" + number,
                number,
                Incident.Status.OPEN,
                "",
                Severity.INFO,
                "",
                Set.of(),
                Set.of(),
                Set.of(),
                Firing.NOTHING,
                0,
                now,
                now,
                Optional.empty(),
                Optional.empty());
    }

    private Incident with(Incident incident, Alert alert, Signal signal, Instant now) {
        Set<String> services = added(incident.services(), signal.service());
        Firing before = incident.firing();
        Firing firing = before.size() < rules.most() || before.has(alert.fingerprint())
                ? before.with(alert.fingerprint(), signal.service().orElse(""))
                : before;
        Severity severity =
                signal.severity().compareTo(incident.severity()) < 0 ? signal.severity() : incident.severity();
        return new Incident(
                incident.id(),
                incident.number(),
                Incident.Status.OPEN,
                incident.title().isEmpty() || severity != incident.severity() ? named(alert, signal) : incident.title(),
                severity,
                origin(firing.services()),
                services,
                added(added(incident.hosts(), signal.host()), signal.zone().map(zone -> "zone:" + zone)),
                added(incident.groupKeys(), Optional.of(alert.groupKey()).filter(key -> !key.isEmpty())),
                firing,
                incident.alerts() + 1,
                incident.openedAt(),
                now.isAfter(incident.lastAlertAt()) ? now : incident.lastAlertAt(),
                Optional.empty(),
                incident.mergedInto());
    }

    private String origin(Set<String> alerting) {
        if (origins.size() >= MOST_ORIGINS) {
            origins.clear();
        }
        return origins.computeIfAbsent(
                alerting, services -> Origin.of(services, catalogue).service());
    }

    private Set<String> added(Set<String> values, Optional<String> more) {
        if (more.isEmpty() || values.contains(more.get()) || values.size() >= rules.most()) {
            return values;
        }
        Set<String> all = new TreeSet<>(values);
        all.add(more.get());
        return all;
    }

    private Incident together(Incident base, Incident other) {
        Firing firing = base.firing();
        for (Map.Entry<String, String> alert : other.firing().alerts().entrySet()) {
            if (firing.size() < rules.most() && !firing.has(alert.getKey())) {
                firing = firing.with(alert.getKey(), alert.getValue());
            }
        }
        return new Incident(
                base.id(),
                base.number(),
                base.status(),
                other.severity().compareTo(base.severity()) < 0 ? other.title() : base.title(),
                other.severity().compareTo(base.severity()) < 0 ? other.severity() : base.severity(),
                base.origin(),
                union(base.services(), other.services()),
                union(base.hosts(), other.hosts()),
                union(base.groupKeys(), other.groupKeys()),
                firing,
                base.alerts() + other.alerts(),
                base.openedAt().isBefore(other.openedAt()) ? base.openedAt() : other.openedAt(),
                base.lastAlertAt().isAfter(other.lastAlertAt()) ? base.lastAlertAt() : other.lastAlertAt(),
                Optional.empty(),
                base.mergedInto());
    }

    private Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        other.stream().limit(Math.max(0, rules.most() - all.size())).forEach(all::add);
        return all;
    }

    private static Incident merged(Incident incident, String into) {
        return in(incident, Incident.Status.MERGED, incident.firing(), incident.resolvedAt(), Optional.of(into));
    }

    /** The incident further on in its life. */
    private static Incident in(
            Incident incident,
            Incident.Status status,
            Firing firing,
            Optional<Instant> resolvedAt,
            Optional<String> mergedInto) {
        return new Incident(
                incident.id(),
                incident.number(),
                status,
                incident.title(),
                incident.severity(),
                incident.origin(),
                incident.services(),
                incident.hosts(),
                incident.groupKeys(),
                firing,
                incident.alerts(),
                incident.openedAt(),
                incident.lastAlertAt(),
                resolvedAt,
                mergedInto);
    }

    /** An alert in a few words, its text cut. */
    static String named(Alert alert, Signal signal) {
        String name = alert.name().isEmpty() ? alert.fingerprint() : alert.name();
        String cut = name.length() <= 120 ? name : name.substring(0, 119) + "…";
        return signal.service().map(service -> cut + " (" + service + ")").orElse(cut);
    }
}
