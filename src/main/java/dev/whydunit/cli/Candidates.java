package dev.whydunit.cli;

import dev.whydunit.authoring.rules.RuleBook;
import dev.whydunit.config.Configuration;
import dev.whydunit.demo.DemoFault;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.RunbookFacts;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.runbook.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can stand where a command takes a name: known by the label of its parameter ({@code RUNBOOK}, {@code ID}, {@code H} …). Quick and
 * bounded; where nothing can be known there are no candidates, and no error.
 */
public final class Candidates {
    private static final int MOST = 200;

    private final Application application;
    private final CommonOptions options;

    Candidates(Application application, CommonOptions options) {
        this.application = application;
        this.options = options;
    }

    /** Under the options that count where a command says nothing else. */
    public Candidates(Application application) {
        this(application, new CommonOptions());
    }

    /**
     * Something that can stand there.
     *
     * @param description a few words; may be empty
     */
    public record Candidate(String value, String description) {}

    /**
     * What can stand there.
     *
     * @param label of the parameter
     * @param prefix what is typed of it; only files are chosen by it, the rest is for a matcher that forgives more
     * @param before the words before it, for what depends on them
     */
    public List<Candidate> of(String label, String prefix, List<String> before) {
        try {
            return switch (label) {
                case "RUNBOOK" -> both(runbooks(), files(prefix, ".yaml", ".yml"));
                case "ID", "INV1", "INV2" -> investigations();
                case "ID|FILE" -> both(investigations(), files(prefix));
                case "H", "HYPOTHESIS" -> hypotheses();
                case "STEP" -> steps();
                case "SERVICE" -> services();
                case "INCIDENT" -> incidents();
                case "KEY=VALUE" -> inputs(before);
                case "ALERT", "FILE", "FILE|DIR", "DIR", "FILE.pcap" -> files(prefix);
                case "FAULT" -> faults();
                case "CODE" -> rules();
                default -> List.of();
            };
        } catch (JournalFailure | UncheckedIOException e) {
            // Tab is no place for an error: the command itself will say it.
            return List.of();
        }
    }

    private static List<Candidate> both(List<Candidate> some, List<Candidate> more) {
        return Stream.concat(some.stream(), more.stream()).limit(MOST).toList();
    }

    private List<Candidate> runbooks() {
        return quietly()
                .map(configuration -> new Library(application, configuration)
                        .ids().entrySet().stream()
                                .limit(MOST)
                                .map(known -> new Candidate(known.getKey(), known.getValue()))
                                .toList())
                .orElse(List.of());
    }

    private Optional<Configuration> quietly() {
        return application.load(options).configuration();
    }

    private List<Candidate> investigations() {
        List<Candidate> found = new ArrayList<>();
        found.add(new Candidate(ChosenInvestigation.LATEST, "the newest"));
        try (Archive archive = application.archive(options)) {
            for (StoredInvestigation one : archive.list(MOST)) {
                found.add(new Candidate(one.id(), one.runbook() + ": " + one.verdict()));
            }
        }
        return List.copyOf(found);
    }

    /** The runbook of the investigation that commands are about. */
    private Optional<RunbookFacts> facts() {
        try (Archive archive = application.archive(options)) {
            return application
                    .situation()
                    .investigation()
                    .or(() -> archive.list(1).stream()
                            .map(StoredInvestigation::id)
                            .findFirst())
                    .flatMap(id -> archive.events(id).started())
                    .map(Event.Started::runbook);
        }
    }

    /** Their ids, which are unique in a tree, and shorter to type than paths. */
    private List<Candidate> hypotheses() {
        return facts().map(runbook -> runbook.hypotheses().entrySet().stream()
                        .filter(one -> !one.getKey().endsWith("other"))
                        .limit(MOST)
                        .map(one -> new Candidate(
                                one.getKey().substring(one.getKey().lastIndexOf('.') + 1),
                                one.getValue().claim()))
                        .toList())
                .orElse(List.of());
    }

    private List<Candidate> steps() {
        return facts().map(runbook -> runbook.steps().stream()
                        .limit(MOST)
                        .map(step -> new Candidate(step.id(), step.title()))
                        .toList())
                .orElse(List.of());
    }

    private List<Candidate> incidents() {
        List<Candidate> found = new ArrayList<>();
        found.add(new Candidate(ChosenInvestigation.LATEST, "the newest"));
        try (Archive archive = application.archive(options)) {
            archive.openIncidents().forEach(one -> found.add(new Candidate(one.id(), one.title())));
        }
        return List.copyOf(found);
    }

    private List<Candidate> services() {
        return quietly()
                .map(configuration -> configuration.services().keySet().stream()
                        .sorted()
                        .limit(MOST)
                        .map(name -> new Candidate(name, ""))
                        .toList())
                .orElse(List.of());
    }

    /** The inputs of the runbook that one of the words before names; the value of {@code service} is a service. */
    private List<Candidate> inputs(List<String> before) {
        Optional<Configuration> configuration = quietly();
        if (configuration.isEmpty()) {
            return List.of();
        }
        Library library = new Library(application, configuration.get());
        return before.stream()
                .filter(word -> library.ids().containsKey(word)
                        || Files.isRegularFile(application.directory().resolve(word)))
                .findFirst()
                .flatMap(library::find)
                .map(found -> found.runbook().inputs().values().stream()
                        .flatMap(this::values)
                        .limit(MOST)
                        .toList())
                .orElse(List.of());
    }

    private Stream<Candidate> values(Input input) {
        if (input.id().equals("service") && !services().isEmpty()) {
            return services().stream().map(service -> new Candidate("service=" + service.value(), input.about()));
        }
        return Stream.of(new Candidate(input.id() + "=", input.about()));
    }

    private static List<Candidate> faults() {
        return Arrays.stream(DemoFault.values())
                .map(fault -> new Candidate(fault.key(), ""))
                .toList();
    }

    private static List<Candidate> rules() {
        return RuleBook.all().stream()
                .limit(MOST)
                .map(rule -> new Candidate(rule.code(), rule.summary()))
                .toList();
    }

    /** Files and folders that begin so; with endings, files of these alone. */
    private List<Candidate> files(String prefix, String... endings) {
        int slash = prefix.lastIndexOf('/') + 1;
        String above = prefix.substring(0, slash);
        String begin = prefix.substring(slash);
        List<Candidate> found = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(application.directory().resolve(above))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                boolean folder = Files.isDirectory(entry);
                boolean fits = folder
                        || endings.length == 0
                        || Arrays.stream(endings).anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
                if (fits && name.startsWith(begin) && (begin.startsWith(".") || !name.startsWith("."))) {
                    found.add(new Candidate(above + name + (folder ? "/" : ""), ""));
                }
                if (found.size() >= MOST) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException | java.nio.file.InvalidPathException e) {
            // No such folder, or none that may be read: nothing can stand there.
            return List.of();
        }
        found.sort(java.util.Comparator.comparing(Candidate::value));
        return List.copyOf(found);
    }
}
