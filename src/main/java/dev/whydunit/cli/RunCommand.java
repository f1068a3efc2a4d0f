package dev.whydunit.cli;

import dev.whydunit.engine.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit run}: executes one runbook and prints its summary. */
@Command(
        mixinStandardHelpOptions = true,
        name = "run",
        description = "Run a runbook: look, weigh, conclude.",
        footer = {
            "",
            "Exit codes: 0 done, 1 the run failed, 2 the runbook or the arguments are wrong, 124 out of time,",
            "130 stopped; with --detailed-exitcode: 0 concluded, 10 narrowed, 11 inconclusive, 12 symptom absent.",
            "",
            "Example: whydunit run web_slowdown -i service=shop --alert alert.json -o md"
        })
final class RunCommand implements Callable<Integer> {
    private static final int MAX_PARALLEL = 64;

    private final Application application;

    @Parameters(index = "0", paramLabel = "RUNBOOK", description = "A runbook's file, or the id of one that is known.")
    private String runbook = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "KEY=VALUE",
            description = "Value of an input; may be given several times.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--alert",
            paramLabel = "FILE",
            description = "The alert that this is about, as Alertmanager sends it.")
    private Optional<Path> alert = Optional.empty();

    @Option(names = "--since", paramLabel = "DURATION", description = "How far to look back: the input 'window'.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "Steps that run at once (default: 4).")
    private int parallel = 4;

    @Option(names = "--dry-run", description = "Show what would be run, in order, and touch nothing.")
    private boolean dryRun;

    @Mixin
    private RecordOptions record = new RecordOptions();

    @Option(names = "--no-input", description = "Never ask: steps that need approval are denied.")
    private boolean noInput;

    @Option(names = "--detailed-exitcode", description = "Tell the verdict by the exit code.")
    private boolean detailedExitCode;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    RunCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Trigger> trigger = trigger();
        if (trigger.isEmpty()) {
            return ExitCode.USAGE;
        }
        Map<String, String> given = new LinkedHashMap<>(inputs);
        since.ifPresent(window -> given.putIfAbsent("window", window));
        if (parallel < 1 || parallel > MAX_PARALLEL) {
            application.fail("--parallel is from 1 to " + MAX_PARALLEL);
            return ExitCode.USAGE;
        }
        RunJob job = new RunJob(
                runbook,
                given,
                trigger.get(),
                !noInput,
                detailedExitCode,
                parallel,
                record.file(application.directory()));
        return dryRun
                ? application.plan(job, common, output.format() == OutputOption.Format.JSON)
                : application.run(job, common, output.format());
    }

    private Optional<Trigger> trigger() throws IOException {
        return alert.isEmpty()
                ? Optional.of(Trigger.command())
                : AlertFile.trigger(application.directory().resolve(alert.get()), application);
    }
}
