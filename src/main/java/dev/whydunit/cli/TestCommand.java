package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.replay.CaseFiles;
import dev.whydunit.replay.CaseRunner;
import dev.whydunit.replay.Coverage;
import dev.whydunit.replay.MutationReport;
import dev.whydunit.replay.Replay;
import dev.whydunit.replay.SuiteResult;
import dev.whydunit.replay.TestJson;
import dev.whydunit.replay.TestJunit;
import dev.whydunit.replay.TestReport;
import dev.whydunit.replay.TestText;
import dev.whydunit.report.PlainText;
import dev.whydunit.runbook.RunbookParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit runbook test}: runs the cases of runbooks. */
@Command(
        mixinStandardHelpOptions = true,
        name = "test",
        description = "Run the cases of runbooks: does each come to what it should? Touches nothing.",
        footer = {
            "",
            "The cases of web_slowdown.yaml are the YAML files in web_slowdown.cases, beside it.",
            "Exit codes: 0 all as expected, 1 not, 2 a runbook or a case cannot be read.",
            "",
            "Example: whydunit run web_slowdown --record runbooks/web_slowdown.cases/monday.yaml",
            "         whydunit runbook test runbooks --coverage --mutation"
        })
final class TestCommand implements Callable<Integer> {
    private static final int MOST_PARALLEL = 64;

    /** How results are printed. */
    enum Format {
        TEXT,
        JSON
    }

    private final Application application;

    @Parameters(
            paramLabel = "FILE|DIR",
            arity = "0..*",
            description = "Runbooks, cases, or folders of them (default: the known runbooks).")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML too.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--watch", description = "Run again whenever a runbook or a case is saved, until stopped.")
    private boolean watch;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Cases that run at once (default: as many as there are processors).")
    private Optional<Integer> parallel = Optional.empty();

    @Option(names = "--coverage", description = "Say which hypotheses, findings and steps no case reaches.")
    private boolean coverage;

    @Option(
            names = "--min-coverage",
            paramLabel = "PERCENT",
            description = "Fail when the cases of a runbook reach less of it.")
    private Optional<Double> minCoverage = Optional.empty();

    @Option(names = "--mutation", description = "Change each finding and threshold, and say what no case notices.")
    private boolean mutation;

    @Option(
            names = "--min-mutation",
            paramLabel = "PERCENT",
            description = "Fail when the cases of a runbook notice less.")
    private Optional<Double> minMutation = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Mixin
    private CommonOptions common = new CommonOptions();

    TestCommand(Application application) {
        this.application = application;
    }

    /** Runs the cases of these, for whoever calls it from inside. */
    int of(List<Path> runbooks) throws IOException, InterruptedException {
        paths = runbooks;
        return call();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int atOnce = parallel.orElse(Runtime.getRuntime().availableProcessors());
        if (atOnce < 1 || atOnce > MOST_PARALLEL) {
            application.fail("--parallel is from 1 to " + MOST_PARALLEL);
            return ExitCode.USAGE;
        }
        Optional<Configuration> configuration = application.configuration(common);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<List<Path>> given = application.roots(paths, configuration.get());
        if (given.isEmpty()) {
            return ExitCode.USAGE;
        }
        List<Path> roots = given.get();
        if (roots.isEmpty()) {
            application.fail("there is no folder runbooks here; name a runbook, a case or a folder");
            return ExitCode.USAGE;
        }
        RunbookParser parser = new RunbookParser(application.signatures());
        Replay replay = new Replay(application.stepKinds(configuration.get()));
        try (CaseRunner runner = new CaseRunner(parser, replay, application.directory(), atOnce)) {
            if (watch) {
                return watch(roots, runner);
            }
            return exitCode(once(CaseFiles.find(roots), runner));
        }
    }

    private TestReport once(Map<Path, List<Path>> files, CaseRunner runner) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        List<TestReport.Suite> suites;
        int cases = files.values().stream().mapToInt(List::size).sum();
        String command = mutates() ? "runbook test --mutation" : "runbook test";
        try (Progress progress = Progress.begin(application, common, command, "runs " + cases + " cases", cases)) {
            suites = suites(files, runner);
            progress.finished();
        }
        TestReport report = new TestReport(suites, (System.nanoTime() - begun) / 1e9);
        application
                .console()
                .out()
                .print(
                        format == Format.JSON
                                ? TestJson.of(report) + "\n"
                                : PlainText.forTerminal(
                                        new TestText(application.console().unicode()).of(report)));
        application.console().out().flush();
        if (junit.isPresent()) {
            Files.writeString(application.directory().resolve(junit.get()), TestJunit.of(report));
        }
        return report;
    }

    private boolean mutates() {
        return mutation || minMutation.isPresent();
    }

    private List<TestReport.Suite> suites(Map<Path, List<Path>> files, CaseRunner runner) throws InterruptedException {
        List<TestReport.Suite> suites = new ArrayList<>();
        for (SuiteResult result : runner.run(files)) {
            boolean readable = result.runbook().isPresent();
            Optional<Coverage> reached = (coverage || minCoverage.isPresent()) && readable
                    ? result.runbook().map(runbook -> Coverage.of(runbook, result.cases()))
                    : Optional.empty();
            Optional<MutationReport> noticed =
                    mutates() && readable ? Optional.of(runner.mutate(result)) : Optional.empty();
            suites.add(new TestReport.Suite(result, reached, noticed));
        }
        return suites;
    }

    private int exitCode(TestReport report) {
        if (report.unreadable()) {
            return ExitCode.USAGE;
        }
        boolean enough = enough("coverage", report.leastCoverage(), minCoverage)
                & enough("the mutation score", report.leastMutationScore(), minMutation);
        return report.passed() && enough ? ExitCode.DONE : ExitCode.FAILED;
    }

    private boolean enough(String what, double share, Optional<Double> least) {
        if (least.isEmpty() || share * 100 >= least.get()) {
            return true;
        }
        application.fail(what + " of a runbook is less than " + least.get() + " %");
        return false;
    }

    /** Runs what a change touches again: the runbook whose file, or one of whose cases, was saved. */
    private int watch(List<Path> roots, CaseRunner runner) throws IOException, InterruptedException {
        Map<Path, List<Path>> files = CaseFiles.find(roots);
        TestReport report = once(files, runner);
        try (SavedFiles saved = new SavedFiles()) {
            while (true) {
                saved.watch(folders(files));
                application.console().err().println("whydunit: watching; Ctrl-C ends");
                saved.await();
                files = CaseFiles.find(roots);
                report = once(changed(files, saved), runner);
            }
        } catch (InterruptedException e) {
            return exitCode(report);
        }
    }

    private static Map<Path, List<Path>> changed(Map<Path, List<Path>> files, SavedFiles saved) {
        Map<Path, List<Path>> touched = new LinkedHashMap<>();
        files.forEach((runbook, cases) -> {
            if (saved.has(runbook) || saved.hasBelow(CaseFiles.folder(runbook))) {
                touched.put(runbook, cases);
            }
        });
        return touched.isEmpty() ? files : touched;
    }

    private static List<Path> folders(Map<Path, List<Path>> files) {
        List<Path> folders = new ArrayList<>();
        files.keySet().forEach(runbook -> {
            folders.add(runbook.toAbsolutePath().getParent());
            if (Files.isDirectory(CaseFiles.folder(runbook))) {
                folders.add(CaseFiles.folder(runbook).toAbsolutePath());
            }
        });
        return folders.stream().distinct().toList();
    }
}
