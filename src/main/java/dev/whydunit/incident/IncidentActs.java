package dev.whydunit.incident;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What people do to an incident. Each act is a line of its timeline, with who did it. Thread-safe. */
public final class IncidentActs {
    private static final int LONGEST = 4_000;
    private static final int LONGEST_NAME = 100;

    private final IncidentStore incidents;

    /** On these incidents. */
    public IncidentActs(IncidentStore incidents) {
        this.incidents = incidents;
    }

    /**
     * An act that was not done.
     *
     * <p>Its message says what was wrong with it.
     */
    public static final class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    /**
     * Adds a note.
     *
     * @return the incident; empty when there is no such one
     */
    public CompletableFuture<Optional<Incident>> note(String incident, String by, String text, Instant now)
            throws Refused {
        String noted = checked(text, LONGEST, "a note");
        return incidents.change(
                incident, now, it -> Optional.of(new IncidentStore.Change(it, Map.of("note", by + ": " + noted))));
    }

    /**
     * Makes somebody, or a team, the one who cares for it.
     *
     * @return the incident; empty when there is no such one
     */
    public CompletableFuture<Optional<Incident>> assign(String incident, String by, String to, Instant now)
            throws Refused {
        String name = checked(to, LONGEST_NAME, "a name");
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("assigned", name);
        if (!by.equals(name)) {
            lines.put("note", by + " assigned it to " + name);
        }
        return incidents.change(incident, now, it -> Optional.of(new IncidentStore.Change(it, lines)));
    }

    /**
     * Says how bad it is. A worse alert that comes later makes it worse again.
     *
     * @param severity {@code critical}, {@code warning} or {@code info}
     * @return the incident; empty when there is no such one
     */
    public CompletableFuture<Optional<Incident>> severity(String incident, String by, String severity, Instant now)
            throws Refused {
        Severity wanted = named(severity);
        return incidents.change(
                incident,
                now,
                it -> it.severity() == wanted
                        ? Optional.empty()
                        : Optional.of(new IncidentStore.Change(
                                it.as(wanted),
                                Map.of(
                                        "severity",
                                        by + " made it " + wanted.word() + "; it was "
                                                + it.severity().word()))));
    }

    /**
     * Says that it is over, whatever still fires. An alert that begins to fire after that opens it again.
     *
     * @param because may be empty
     * @return the incident; empty when there is no such one
     */
    public CompletableFuture<Optional<Incident>> resolve(String incident, String by, String because, Instant now)
            throws Refused {
        String reason = because.isBlank() ? "" : ": " + checked(because, LONGEST, "a reason");
        Function<Incident, Optional<IncidentStore.Change>> resolve = it -> it.status() == Incident.Status.OPEN
                ? Optional.of(new IncidentStore.Change(
                        Grouping.resolvedByPerson(it, now), Map.of("resolved", by + " says that it is over" + reason)))
                : Optional.empty();
        return incidents.change(incident, now, resolve);
    }

    private static Severity named(String word) throws Refused {
        for (Severity severity : Severity.values()) {
            if (severity.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return severity;
            }
        }
        throw new Refused("a severity is critical, warning or info");
    }

    private static String checked(String text, int longest, String what) throws Refused {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > longest) {
            throw new Refused(what + " has from 1 to " + longest + " characters");
        }
        return stripped;
    }
}
