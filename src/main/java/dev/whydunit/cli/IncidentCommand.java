package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.config.Configuration;
import dev.whydunit.incident.Incident;
import dev.whydunit.incident.IncidentActs;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.running.IncidentData;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit incident …}: the outages that alerts turned out to be, and what people do about them. */
@Command(
        mixinStandardHelpOptions = true,
        name = "incident",
        aliases = "inc",
        description = "List, show, assign, note and resolve incidents.",
        footer = {"", "Example: whydunit incident list --open"})
final class IncidentCommand extends CommandGroup {
    private static final String ID = "Its id (inc-42), its number, or 'latest'";
    private static final String LATEST = "latest";
    private static final String NONE = "No incident yet. Alerts make them: whydunit serve, or whydunit alert send FILE";

    IncidentCommand(Application application) {
        super(application);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "The newest incidents first.",
            footer = {"", "Example: whydunit incident list -o json"})
    int list(
            @Mixin CommonOptions options,
            @Option(names = "--open", description = "Only those that are open.") boolean open,
            @Option(
                            names = {"-n", "--limit"},
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many (default: 20).")
                    int limit,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "text or json (default: text).")
                    Format format)
            throws SQLException {
        return with(options, incidents -> {
            List<Incident> found = incidents.store().incidents(open ? 10_000 : Math.clamp(limit, 1, 10_000)).stream()
                    .filter(incident -> !open || incident.status() == Incident.Status.OPEN)
                    .limit(Math.clamp(limit, 1, 10_000))
                    .toList();
            var assigned =
                    incidents.store().assigned(found.stream().map(Incident::id).toList());
            if (format == Format.JSON) {
                application().console().out().println(IncidentText.json(found, assigned));
            } else if (found.isEmpty()) {
                application().console().out().println(open ? "No incident is open." : NONE);
            } else {
                application()
                        .console()
                        .out()
                        .print(IncidentText.list(found, assigned, application().console()));
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "show",
            description = "One incident: its origin, its alerts, what was found and what was done.",
            footer = {"", "Example: whydunit incident show inc-42"})
    int show(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "INCIDENT", defaultValue = LATEST, description = ID + " (default: latest).")
                    String id,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "text or json (default: text).")
                    Format format)
            throws SQLException {
        return with(options, incidents -> {
            Optional<Incident> found = resolve(incidents.store(), id);
            if (found.isEmpty()) {
                return ExitCode.FAILED;
            }
            Incident incident = found.get();
            String assigned = incidents.store().assigned(List.of(incident.id())).getOrDefault(incident.id(), "");
            var timeline = incidents.store().timeline(incident.id());
            var investigations = new JournalStore(incidents.database()).ofIncident(incident.id());
            if (format == Format.JSON) {
                application()
                        .console()
                        .out()
                        .println(IncidentText.json(
                                incident,
                                assigned,
                                timeline,
                                investigations,
                                incidents.store().newestOf(incident.id(), IncidentData.NEWEST)));
            } else {
                application().console().out().print(IncidentText.show(incident, assigned, timeline, investigations));
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "assign",
            description = "Say who cares for it: a person or a team.",
            footer = {"", "Example: whydunit incident assign inc-42 me"})
    int assign(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "INCIDENT", description = ID + ".") String id,
            @Parameters(paramLabel = "WHO", description = "A name; 'me' for yourself.") String who)
            throws SQLException {
        String to = who.equals("me") ? Acts.person() : who;
        return act(
                options,
                id,
                (acts, incident, now) -> acts.assign(incident, Acts.person(), to, now),
                after -> after.id() + " is assigned to " + to);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "severity",
            description = "Say how bad it is.",
            footer = {"", "Example: whydunit incident severity inc-42 critical"})
    int severity(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "INCIDENT", description = ID + ".") String id,
            @Parameters(paramLabel = "SEVERITY", description = "critical, warning or info.") String severity)
            throws SQLException {
        return act(
                options,
                id,
                (acts, incident, now) -> acts.severity(incident, Acts.person(), severity, now),
                after -> after.id() + " is " + after.severity().word());
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "note",
            description = "Add a line to its timeline.",
            footer = {"", "Example: whydunit incident note inc-42 'the cable was out'"})
    int note(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "INCIDENT", description = ID + ".") String id,
            @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What is to be known.") List<String> text)
            throws SQLException {
        return act(
                options,
                id,
                (acts, incident, now) -> acts.note(incident, Acts.person(), String.join(" ", text), now),
                after -> "noted in " + after.id());
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "resolve",
            description = "Say that it is over, whatever still fires; an alert that begins after that opens it again.",
            footer = {"", "Example: whydunit incident resolve inc-42 --because 'rolled back'"})
    int resolve(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "INCIDENT", description = ID + ".") String id,
            @Option(names = "--because", paramLabel = "TEXT", defaultValue = "", description = "Why it is over.")
                    String because)
            throws SQLException {
        return act(
                options,
                id,
                (acts, incident, now) -> acts.resolve(incident, Acts.person(), because, now),
                after -> after.id() + " is " + after.status().name().toLowerCase(java.util.Locale.ROOT));
    }

    private interface Act {
        CompletableFuture<Optional<Incident>> on(IncidentActs acts, String incident, Instant now)
                throws IncidentActs.Refused;
    }

    private interface Said {
        String of(Incident after);
    }

    private int act(CommonOptions options, String id, Act act, Said said) throws SQLException {
        return with(options, incidents -> {
            Optional<Incident> found = resolve(incidents.store(), id);
            if (found.isEmpty()) {
                return ExitCode.FAILED;
            }
            try {
                Optional<Incident> after = act.on(
                                new IncidentActs(incidents.store()),
                                found.get().id(),
                                incidents.database().clock().instant())
                        .join();
                application().console().out().println(said.of(after.orElse(found.get())));
                return ExitCode.DONE;
            } catch (IncidentActs.Refused e) {
                application().fail(String.valueOf(e.getMessage()));
                return ExitCode.USAGE;
            }
        });
    }

    private record Incidents(Database database, IncidentStore store) {}

    private interface Use {
        int of(Incidents incidents) throws SQLException;
    }

    private int with(CommonOptions options, Use use) throws SQLException {
        Optional<Configuration> configuration = application().configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        try (Database database =
                LocalDatabase.open(configuration.get(), application().stateDirectory(options))) {
            // Nothing that people do makes an incident worth another look.
            return use.of(new Incidents(
                    database,
                    LocalDatabase.incidents(
                            database,
                            configuration.get(),
                            LocalDatabase.signals(configuration.get()),
                            (connection, incidents, now) -> Set.of())));
        }
    }

    private Optional<Incident> resolve(IncidentStore store, String id) throws SQLException {
        if (id.equals(LATEST)) {
            List<Incident> newest = store.incidents(1);
            if (newest.isEmpty()) {
                application().fail(NONE);
            }
            return newest.stream().findFirst();
        }
        List<Incident> matching = store.matching(id);
        if (matching.size() == 1) {
            return Optional.of(matching.getFirst());
        }
        application()
                .fail(
                        matching.isEmpty()
                                ? "there is no incident " + id + "; see: whydunit incident list"
                                : "several incidents' ids begin with " + id + ": "
                                        + matching.stream().map(Incident::id).collect(Collectors.joining(", ")));
        return Optional.empty();
    }
}
