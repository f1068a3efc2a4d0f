package dev.whydunit.running;

import com.google.re2j.Pattern;
import dev.whydunit.alert.Alert;
import dev.whydunit.alert.LabelMatcher;
import dev.whydunit.alert.MalformedMatcher;
import dev.whydunit.digest.Sha256;
import dev.whydunit.runbook.Inputs;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.runbook.Trigger;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The runbooks that alerts may start, read once: a change takes a restart, so that what an investigation runs is what was checked. */
public final class Shelf {
    private static final long MAX_BYTES = 4L << 20;
    private static final Pattern ENDS = Pattern.compile("/$|\\.(yaml|yml|md|html)$");

    /** A runbook, its text, and the conditions of each of its triggers. */
    public record Book(Runbook runbook, String text, List<List<LabelMatcher>> triggers) {
        /** Keeps its own copy. */
        public Book {
            triggers = List.copyOf(triggers);
        }

        /** Of its text. */
        public String sha256() {
            return Sha256.hex(text);
        }
    }

    private record Match(Book book, int equal, int matchers) {}

    private final Map<String, Book> books = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** @param roots files and folders; the shipped runbooks come after them */
    public Shelf(Collection<Path> roots, List<KindSignature> kinds) {
        RunbookParser parser = new RunbookParser(kinds);
        for (Path file : RunbookFiles.below(List.copyOf(roots))) {
            try {
                if (Files.size(file) > MAX_BYTES) {
                    problems.add(file + " is larger than " + MAX_BYTES + " bytes: that is no runbook");
                } else {
                    put(parser, file.toString(), Files.readString(file));
                }
            } catch (IOException e) {
                problems.add("cannot read " + file + ": " + e.getMessage());
            }
        }
        for (String id : RunbookFiles.SHIPPED) {
            RunbookFiles.shipped(id).ifPresent(text -> put(parser, id + ".yaml", text));
        }
    }

    private void put(RunbookParser parser, String name, String text) {
        ParsedRunbook parsed = parser.parse(name, text);
        parsed.problems().forEach(problem -> problems.add(ProblemRenderer.line(problem)));
        parsed.runbook()
                .ifPresent(runbook -> books.putIfAbsent(runbook.id(), new Book(runbook, text, triggers(runbook))));
    }

    /** All of them. */
    public Collection<Book> books() {
        return List.copyOf(books.values());
    }

    /** What is wrong with files that hold no usable runbook, a line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The runbook of this id. */
    public Optional<Book> book(String id) {
        return Optional.ofNullable(books.get(id));
    }

    /** What is wrong with a request before anything is stored; empty when it can run. */
    public List<String> problems(Requested requested) {
        return book(requested.runbook())
                .map(found -> Inputs.resolve(found.runbook(), requested.inputs(), requested.alert()).problems().stream()
                        .map(problem -> problem.message() + " [" + problem.code() + "]")
                        .toList())
                .orElseGet(() -> List.of("there is no runbook " + requested.runbook() + "; known are "
                        + String.join(", ", books.keySet())));
    }

    /**
     * The runbook that is made for an alert: of those whose triggers match, the one with the most conditions, equality counting before
     * patterns; else the one that the alert's annotation {@code runbook}, the last part of its {@code runbook_url}, or its
     * label {@code runbook} names (an address is never opened). Empty when there is none.
     */
    public Optional<Book> forAlert(Alert alert) {
        return books.values().stream()
                .flatMap(book -> best(book, alert).stream())
                .max(Comparator.comparingInt(Match::matchers)
                        .thenComparingInt(Match::equal)
                        .thenComparing(Comparator.comparing(
                                        (Match match) -> match.book().runbook().id())
                                .reversed()))
                .map(Match::book)
                .or(() -> named(alert));
    }

    private static List<List<LabelMatcher>> triggers(Runbook runbook) {
        List<List<LabelMatcher>> triggers = new ArrayList<>();
        for (Trigger trigger : runbook.triggers()) {
            try {
                List<LabelMatcher> matchers = new ArrayList<>();
                for (Trigger.Matcher matcher : trigger.matchers()) {
                    matchers.addAll(LabelMatcher.parseAll(matcher.text()));
                }
                triggers.add(List.copyOf(matchers));
            } catch (MalformedMatcher e) {
                throw new IllegalStateException("the parser lets no malformed matcher through", e);
            }
        }
        return List.copyOf(triggers);
    }

    private static Optional<Match> best(Book book, Alert alert) {
        return book.triggers().stream()
                .filter(matchers -> !matchers.isEmpty() && alert.matches(matchers))
                .map(matchers -> new Match(book, equalities(matchers), matchers.size()))
                .max(Comparator.comparingInt(Match::matchers).thenComparingInt(Match::equal));
    }

    private static int equalities(List<LabelMatcher> matchers) {
        return (int) matchers.stream()
                .filter(matcher -> matcher.operator() == LabelMatcher.Operator.EQUAL)
                .count();
    }

    private Optional<Book> named(Alert alert) {
        return Stream.of(
                        alert.annotations().getOrDefault("runbook", ""),
                        alert.annotations().getOrDefault("runbook_url", ""),
                        alert.labels().getOrDefault("runbook", ""))
                .flatMap(name -> book(last(name)).stream())
                .findFirst();
    }

    /** The runbook's id in a name or an address: {@code https://wiki/books/Slow-Host.md#now} names slow_host. */
    private static String last(String address) {
        String path = ENDS.matcher(address.split("[?#]", 2)[0]).replaceFirst("");
        return path.substring(path.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replace('-', '_');
    }
}
