package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.client.RemoteServer;
import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.HypothesisName;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.running.JournalMask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a person does to an investigation: told to it while it runs here, added to its journal or gone on with when it has ended. */
final class Acts {
    private static final int LONGEST = 4_000;

    private final Application application;
    private final CommonOptions options;

    Acts(Application application, CommonOptions options) {
        this.application = application;
        this.options = options;
    }

    /** Who does it: the user of this machine. */
    static String person() {
        return System.getProperty("user.name", "somebody");
    }

    int note(String investigation, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            application.fail("a note has from 1 to " + LONGEST + " characters");
            return ExitCode.USAGE;
        }
        return with(investigation, id -> {
            Optional<RemoteServer> server = application.server(options);
            if (server.isPresent()) {
                return there(server.get(), id, "notes", Map.of("text", text), "noted in " + id);
            }
            Optional<Investigation> running = here(id);
            if (running.isPresent()) {
                running.get().note(person(), text);
                return said("noted in " + id);
            }
            return add(id, at -> new Event.Noted(at, person(), text), "noted in " + id);
        });
    }

    int confirm(String investigation, String hypothesis, String because) {
        return with(investigation, id -> {
            Optional<String> path = path(id, hypothesis);
            if (path.isEmpty()) {
                return ExitCode.USAGE;
            }
            Optional<RemoteServer> server = application.server(options);
            if (server.isPresent()) {
                return there(
                        server.get(),
                        id,
                        "confirm",
                        Map.of("hypothesis", path.get(), "because", because),
                        "confirmed " + path.get() + " for " + id);
            }
            if (application.stage().running(id).isPresent()) {
                application.fail("investigation " + id + " still runs; confirm what it was once it has ended");
                return ExitCode.FAILED;
            }
            return add(
                    id,
                    at -> new Event.Confirmed(at, person(), path.get(), because),
                    "confirmed " + path.get() + " for " + id);
        });
    }

    int ruleOut(String investigation, String hypothesis, String because, Format format) {
        return with(investigation, id -> {
            Optional<String> path = path(id, hypothesis);
            if (path.isEmpty()) {
                return ExitCode.USAGE;
            }
            Optional<RemoteServer> server = application.server(options);
            if (server.isPresent()) {
                return more(server.get(), id, "rule-out", Map.of("hypothesis", path.get(), "because", because), format);
            }
            Optional<Investigation> running = here(id);
            if (running.isPresent()) {
                running.get().ruleOut(person(), path.get(), because);
                return said("ruled out " + path.get() + " in " + id);
            }
            return application.goOn(id, Set.of(), it -> it.ruleOut(person(), path.get(), because), options, format);
        });
    }

    int redo(String investigation, List<String> steps, Format format) {
        return with(investigation, id -> {
            Optional<RemoteServer> server = application.server(options);
            if (server.isPresent()) {
                return more(server.get(), id, "redo", Map.of("steps", steps), format);
            }
            if (application.stage().running(id).isPresent()) {
                application.fail("investigation " + id + " still runs; look again once it has ended, or stop it first");
                return ExitCode.FAILED;
            }
            return application.goOn(
                    id,
                    Set.copyOf(steps),
                    it -> it.note(person(), "looks again at " + String.join(", ", steps)),
                    options,
                    format);
        });
    }

    private Optional<Investigation> here(String id) {
        return application.stage().running(id).flatMap(Going::here);
    }

    private int there(RemoteServer server, String id, String act, Map<String, ?> body, String done) {
        try (server) {
            boolean waits = server.act(id, act, body).path("state").asString("").equals("waits");
            return said(waits ? done + "; the node that runs it has not heard it yet" : done);
        }
    }

    /** Asks a server to go on with an investigation, and follows it; one that runs already is followed by whoever began it. */
    private int more(RemoteServer server, String id, String act, Map<String, ?> body, Format format) {
        try (server) {
            StoredEvents before = server.events(id);
            server.act(id, act, body);
            return application.stage().running(id).isPresent()
                    ? said("said to " + id)
                    : application.follow(server, before, format, false);
        }
    }

    private interface Act {
        int on(String id);
    }

    private int with(String investigation, Act act) {
        Optional<String> id;
        try (Archive store = application.archive(options)) {
            id = ChosenInvestigation.resolve(application, store, investigation);
        }
        return id.isEmpty() ? ExitCode.FAILED : act.on(id.get());
    }

    /** The hypothesis's path; empty, with what was probably meant said, when there is none. */
    private Optional<String> path(String id, String hypothesis) {
        StoredEvents stored;
        try (Archive store = application.archive(options)) {
            stored = store.events(id);
        }
        if (stored.events().isEmpty()) {
            application.fail("investigation " + id + " has not begun yet");
            return Optional.empty();
        }
        Summary summary = SummaryFold.of(id, stored.events());
        Optional<String> path = HypothesisName.path(summary, hypothesis);
        if (path.isEmpty()) {
            application.fail(HypothesisName.unknown(summary, hypothesis));
        }
        return path;
    }

    private int add(String id, Function<Instant, Event> event, String done) {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        try (JournalStore store = application.journal(options)) {
            Optional<StoredInvestigation> stored = store.find(id);
            if (stored.flatMap(StoredInvestigation::endedAt).isEmpty()) {
                application.fail("investigation " + id
                        + " has not ended: it runs in another process, or its process died;" + " nothing was added");
                return ExitCode.FAILED;
            }
            if (!store.add(
                    stored.get(), event.apply(InstantSource.system().instant()), JournalMask.of(configuration.get()))) {
                application.fail("investigation " + id + " is gone on with just now; nothing was added");
                return ExitCode.FAILED;
            }
        }
        return said(done);
    }

    private int said(String done) {
        application.console().out().println(done);
        return ExitCode.DONE;
    }
}
