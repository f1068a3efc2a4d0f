package dev.whydunit.replay;

import dev.whydunit.cases.Case;
import dev.whydunit.cases.CaseReader;
import dev.whydunit.cases.ParsedCase;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the cases of runbooks, several at once; the order of the results does not depend on that. */
public final class CaseRunner implements AutoCloseable {
    private static final long LARGEST = 16L << 20;

    private record Text(String content, Optional<String> why) {}

    private final RunbookParser parser;
    private final Replay replay;
    private final Path directory;
    private final ExecutorService workers;

    /**
     * A runner.
     *
     * @param directory the folder that files are named from
     * @param parallel how many cases run at once
     */
    public CaseRunner(RunbookParser parser, Replay replay, Path directory, int parallel) {
        this.parser = parser;
        this.replay = replay;
        this.directory = directory;
        this.workers = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().daemon().name("cases-", 1).factory());
    }

    /** Runs cases by runbook. */
    public List<SuiteResult> run(Map<Path, List<Path>> files) throws InterruptedException {
        List<Future<ParsedFile>> runbooks = new ArrayList<>();
        files.keySet().forEach(file -> runbooks.add(workers.submit(() -> parse(file))));
        List<List<Future<CaseResult>>> cases = new ArrayList<>();
        int next = 0;
        for (List<Path> ofOne : files.values()) {
            ParsedFile parsed = get(runbooks.get(next++));
            List<Future<CaseResult>> results = new ArrayList<>();
            parsed.runbook().ifPresent(runbook -> {
                CaseReader reader = new CaseReader(runbook);
                ofOne.forEach(file -> results.add(workers.submit(() -> run(file, runbook, reader))));
            });
            cases.add(results);
        }
        List<SuiteResult> suites = new ArrayList<>();
        for (int i = 0; i < runbooks.size(); i++) {
            ParsedFile parsed = get(runbooks.get(i));
            List<CaseResult> results = new ArrayList<>();
            for (Future<CaseResult> result : cases.get(i)) {
                results.add(get(result));
            }
            suites.add(new SuiteResult(
                    parsed.runbook().map(Runbook::id).orElse(stem(parsed.name())),
                    parsed.name(),
                    parsed.text(),
                    parsed.runbook(),
                    parsed.problems(),
                    results));
        }
        return suites;
    }

    private record ParsedFile(String name, String text, Optional<Runbook> runbook, List<Problem> problems) {}

    private ParsedFile parse(Path file) {
        String name = shown(file);
        Text text = text(file);
        if (text.why().isPresent()) {
            return new ParsedFile(
                    name,
                    "",
                    Optional.empty(),
                    List.of(unreadable(name, text.why().get())));
        }
        ParsedRunbook parsed = parser.parse(name, text.content());
        return new ParsedFile(name, text.content(), parsed.runbook(), parsed.problems());
    }

    private CaseResult run(Path file, Runbook runbook, CaseReader reader) {
        String name = shown(file);
        Text text = text(file);
        if (text.why().isPresent()) {
            return new CaseResult(
                    stem(name),
                    name,
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(unreadable(name, text.why().get())),
                    List.of(),
                    0);
        }
        ParsedCase parsed = reader.read(name, text.content());
        Optional<Case> good = parsed.problems().isEmpty() ? parsed.content() : Optional.empty();
        long begun = System.nanoTime();
        Optional<Replayed> replayed = good.map(given -> replay.run(runbook, given));
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<Mismatch> mismatches =
                good.isPresent() && replayed.isPresent() ? Judge.compare(good.get(), replayed.get()) : List.of();
        return new CaseResult(
                stem(name),
                name,
                text.content(),
                parsed.content(),
                replayed,
                mismatches,
                parsed.problems(),
                parsed.notes(),
                seconds);
    }

    private static Problem unreadable(String name, String why) {
        return new Problem("E100", Position.start(name), 1, "the file " + why, "");
    }

    private static Text text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return new Text("", Optional.of("is larger than " + LARGEST + " bytes"));
            }
            return new Text(Files.readString(file), Optional.empty());
        } catch (CharacterCodingException e) {
            return new Text("", Optional.of("is not UTF-8 text"));
        } catch (IOException e) {
            return new Text(
                    "", Optional.of(Files.exists(file) ? "cannot be read: " + e.getMessage() : "does not exist"));
        }
    }

    private String shown(Path file) {
        return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    }

    private static String stem(String file) {
        String name = CaseFiles.name(Path.of(file));
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** How well the cases of a runbook notice changes to it. */
    public MutationReport mutate(SuiteResult suite) throws InterruptedException {
        Runbook runbook = suite.runbook().orElseThrow(() -> new IllegalArgumentException("the runbook has mistakes"));
        List<CaseResult> passed = suite.cases().stream()
                .filter(result -> result.status() == CaseResult.Status.PASSED)
                .toList();
        List<Future<Mutant.Fate>> fates = new ArrayList<>();
        for (Mutant mutant : Mutant.of(runbook)) {
            fates.add(workers.submit(() -> mutant.against(passed, replay)));
        }
        List<Mutant.Fate> all = new ArrayList<>();
        for (Future<Mutant.Fate> fate : fates) {
            all.add(get(fate));
        }
        return new MutationReport(all);
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case could not be run", e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
