package dev.whydunit.running;

import dev.whydunit.alert.Alert;
import dev.whydunit.config.IncidentSettings;
import dev.whydunit.incident.Incident;
import dev.whydunit.incident.Signals;
import dev.whydunit.runbook.Input;
import dev.whydunit.runbook.InputType;
import dev.whydunit.runbook.Runbook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which runbook looks at an incident, and what it is told. */
public final class RunbookChoice {
    private static final int MOST_NAMED = 50;

    private final Shelf shelf;
    private final IncidentSettings settings;
    private final Signals signals;

    /** From these runbooks. */
    public RunbookChoice(Shelf shelf, IncidentSettings settings, Signals signals) {
        this.signals = signals;
        this.shelf = shelf;
        this.settings = settings;
    }

    /** What is wrong with the settings: a line for the operator. */
    public Optional<String> problem() {
        return Stream.of(
                        Map.entry("default_runbook", settings.defaultRunbook()),
                        Map.entry("storm_runbook", settings.stormRunbook()))
                .filter(entry -> shelf.book(entry.getValue()).isEmpty())
                .findFirst()
                .map(entry -> "incidents: " + entry.getKey() + ": there is no runbook " + entry.getValue()
                        + "; known are "
                        + shelf.books().stream()
                                .map(book -> book.runbook().id())
                                .collect(Collectors.joining(", ")));
    }

    /**
     * What looks at an incident: for an origin that alerts, the runbook that is made for its alert; for one that does not, the storm's,
     * since nobody's alert speaks of it. Where no runbook is made for the alert, the storm's when many services alert, else the default.
     *
     * @param alert of the origin, or of a service that needs it
     * @return empty when none of them is there
     */
    public Optional<Requested> of(Incident incident, Alert alert) {
        boolean silent =
                !incident.origin().isEmpty() && !signals.of(alert).service().equals(Optional.of(incident.origin()));
        Optional<Shelf.Book> book =
                silent ? shelf.book(settings.stormRunbook()).or(() -> shelf.forAlert(alert)) : shelf.forAlert(alert);
        return book.or(() -> shelf.book(stands(incident) ? settings.stormRunbook() : settings.defaultRunbook()))
                .map(Shelf.Book::runbook)
                .map(runbook -> new Requested(
                        runbook.id(),
                        "alert",
                        AlertData.of(alert),
                        told(runbook, incident, silent),
                        incident.origin()));
    }

    /** Whether so many services alert that it is a storm. */
    private boolean stands(Incident incident) {
        return incident.firing().services().size() >= settings.stormServices();
    }

    /** What no single alert says: which service a silent origin is, and which services alert. */
    private static Map<String, String> told(Runbook runbook, Incident incident, boolean silent) {
        Map<String, String> told = new LinkedHashMap<>();
        if (silent && input(runbook, "service", InputType.STRING).isPresent()) {
            told.put("service", incident.origin());
        }
        if (input(runbook, "services", InputType.LIST)
                .filter(input -> input.from().isEmpty())
                .isPresent()) {
            List<String> named = incident.firing().services().stream()
                    .filter(service -> service.indexOf(',') < 0)
                    .sorted()
                    .limit(MOST_NAMED)
                    .toList();
            told.put("services", String.join(",", named));
        }
        return told;
    }

    private static Optional<Input> input(Runbook runbook, String id, InputType type) {
        return Optional.ofNullable(runbook.inputs().get(id)).filter(input -> input.type() == type);
    }
}
