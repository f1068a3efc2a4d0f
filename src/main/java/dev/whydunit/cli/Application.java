package dev.whydunit.cli;

import dev.whydunit.cases.Recording;
import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.client.RemoteServer;
import dev.whydunit.config.Configuration;
import dev.whydunit.digest.Sha256;
import dev.whydunit.engine.ArtifactStore;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Journal;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Pace;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.policy.Policy;
import dev.whydunit.policy.Starter;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.report.SummaryHtml;
import dev.whydunit.report.SummaryJson;
import dev.whydunit.report.SummaryMarkdown;
import dev.whydunit.report.SummaryText;
import dev.whydunit.report.TextStyle;
import dev.whydunit.runbook.Inputs;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.running.ConfiguredHosts;
import dev.whydunit.running.ConfiguredSecrets;
import dev.whydunit.running.InvestigationId;
import dev.whydunit.running.JournalMask;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.running.MaskedApprovals;
import dev.whydunit.running.MaskedWatcher;
import dev.whydunit.running.OpenSources;
import dev.whydunit.running.SourceChoice;
import dev.whydunit.running.StateDirectory;
import dev.whydunit.running.SteadyClock;
import dev.whydunit.running.ThisMachine;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** What commands share: where things are, how a runbook is run, how results and errors are said. */
public final class Application {
    /** The largest file that a step may keep, in bytes. */
    private static final long MAX_ARTIFACT = 256L << 20;

    private static final String MISSING_INPUT = "E505";

    private final Console console;
    private final Map<String, String> environment;
    private final Path directory;
    private final Function<Configuration, List<StepKind<?>>> stepKinds;
    private final List<SourceKind<?>> sourceKinds;
    private final Situation situation;
    private final Stage stage;
    private final Optional<FullScreen> fullScreen;

    /**
     * @param environment the process's environment variables
     * @param directory the working directory
     * @param stepKinds the registered kinds, under a configuration's policy
     * @param sourceKinds the registered kinds of sources
     */
    public Application(
            Console console,
            Map<String, String> environment,
            Path directory,
            Function<Configuration, List<StepKind<?>>> stepKinds,
            List<SourceKind<?>> sourceKinds) {
        this(
                console,
                environment,
                directory,
                stepKinds,
                sourceKinds,
                Situation.none(),
                new TerminalStage(console),
                Optional.empty());
    }

    private Application(
            Console console,
            Map<String, String> environment,
            Path directory,
            Function<Configuration, List<StepKind<?>>> stepKinds,
            List<SourceKind<?>> sourceKinds,
            Situation situation,
            Stage stage,
            Optional<FullScreen> fullScreen) {
        this.console = console;
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.stepKinds = stepKinds;
        this.sourceKinds = List.copyOf(sourceKinds);
        this.situation = situation;
        this.stage = stage;
        this.fullScreen = fullScreen;
    }

    /** The same behind a shell's prompt. */
    public Application within(Console other, Situation where, Stage shown) {
        return new Application(other, environment, directory, stepKinds, sourceKinds, where, shown, fullScreen);
    }

    /** The same where the whole terminal may be taken. */
    public Application with(FullScreen screen) {
        return new Application(
                console, environment, directory, stepKinds, sourceKinds, situation, stage, Optional.of(screen));
    }

    Optional<FullScreen> fullScreen() {
        return fullScreen;
    }

    /** The same with other environment variables. */
    Application under(Map<String, String> variables) {
        return new Application(console, variables, directory, stepKinds, sourceKinds, situation, stage, fullScreen);
    }

    /** Where the journal is when no command says otherwise. */
    public Path stateDirectory() {
        return StateDirectory.of(environment);
    }

    /** Where investigations are read when no command says otherwise. */
    public Archive archive() {
        return archive(new CommonOptions());
    }

    Stage stage() {
        return stage;
    }

    Situation situation() {
        return situation;
    }

    Console console() {
        return console;
    }

    Path directory() {
        return directory;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<SourceKind<?>> sourceKinds() {
        return sourceKinds;
    }

    /** The signatures of the registered kinds; no policy bears on them. */
    List<KindSignature> signatures() {
        return stepKinds.apply(Configuration.empty(directory)).stream()
                .<KindSignature>map(StepKind::signature)
                .toList();
    }

    /** The registered kinds, under a configuration's policy. */
    List<StepKind<?>> stepKinds(Configuration configuration) {
        return stepKinds.apply(configuration);
    }

    /** One line on standard error: what is wrong and what to do. */
    void fail(String message) {
        console.err().println("whydunit: " + dev.whydunit.report.PlainText.forTerminal(message));
    }

    /**
     * The journal that counts here: of the state directory, or in the database that the configuration names.
     *
     * @throws JournalFailure when it cannot be opened, or the configuration is wrong
     */
    JournalStore journal(CommonOptions options) {
        Optional<Path> file = Configuration.find(options.config(), environment, directory);
        if (file.isEmpty()) {
            return JournalStore.open(stateDirectory(options));
        }
        Configuration.Loaded loaded =
                Configuration.load(file.get(), options.environment().orElse("default"), sourceKinds, environment);
        return journal(
                loaded.configuration()
                        .orElseThrow(() -> new JournalFailure(
                                "the configuration says where the journal is, and cannot be read: "
                                        + ProblemRenderer.line(loaded.problems().getFirst()),
                                new IllegalArgumentException(file.get().toString()))),
                options);
    }

    private JournalStore journal(Configuration configuration, CommonOptions options) {
        return new JournalStore(LocalDatabase.open(configuration, stateDirectory(options)));
    }

    /** Where investigations are read: the server that is named, else the journal of this machine. */
    Archive archive(CommonOptions options) {
        Optional<RemoteServer> server = server(options);
        return server.isPresent() ? server.get() : journal(options);
    }

    /**
     * The server that commands are about; empty when they are about this machine.
     *
     * @throws RemoteFailure when its address or the reference of its token is wrong
     */
    Optional<RemoteServer> server(CommonOptions options) {
        return serverAddress(options).map(url -> new RemoteServer(url, token(options)));
    }

    /** Where that server is, as it was given. */
    Optional<String> serverAddress(CommonOptions options) {
        return options.server()
                .or(() -> Optional.ofNullable(environment.get("WHYDUNIT_SERVER")))
                .filter(url -> !url.isBlank());
    }

    private String token(CommonOptions options) {
        String reference = options.token()
                .or(() -> Optional.ofNullable(environment.get("WHYDUNIT_TOKEN_FROM")))
                .orElse("env:WHYDUNIT_TOKEN");
        try {
            return Configuration.secret(reference, directory, environment);
        } catch (IllegalArgumentException e) {
            throw new JournalFailure("the server's token: " + e.getMessage(), e);
        }
    }

    Path stateDirectory(CommonOptions options) {
        return options.state().map(Path::toAbsolutePath).orElseGet(() -> StateDirectory.of(environment));
    }

    /** The configuration that counts here; empty, with its problems said, when it is wrong. */
    Optional<Configuration> configuration(CommonOptions options) {
        Configuration.Loaded loaded = load(options);
        say(loaded.problems());
        return loaded.configuration();
    }

    /** The configuration that counts here, and what is wrong with it. */
    Configuration.Loaded load(CommonOptions options) {
        return Configuration.find(options.config(), environment, directory)
                .map(file -> Configuration.load(file, environmentName(options), sourceKinds, environment))
                .orElseGet(() -> new Configuration.Loaded(Optional.of(Configuration.empty(directory)), List.of()));
    }

    private String environmentName(CommonOptions options) {
        return options.environment()
                .or(() -> Optional.ofNullable(environment.get("WHYDUNIT_ENV")))
                .orElse("default");
    }

    void say(List<Problem> problems) {
        if (!problems.isEmpty()) {
            new ProblemPrinter(console).print(problems);
        }
    }

    /** The files and folders that a command was given, else the configured ones; empty, with the reason said, when one is not there. */
    Optional<List<Path>> roots(List<Path> given, Configuration configuration) {
        List<Path> roots = given.isEmpty()
                ? configuration.runbooks()
                : given.stream().map(directory::resolve).toList();
        for (Path root : roots) {
            if (!Files.exists(root)) {
                fail("there is no file or folder " + root);
                return Optional.empty();
            }
        }
        return Optional.of(roots);
    }

    /** Runs a runbook and prints its summary. */
    int run(RunJob job, CommonOptions options, Format format) {
        Optional<RemoteServer> server = server(options);
        if (server.isPresent()) {
            try (RemoteServer there = server.get()) {
                String id =
                        there.start(job.runbook(), job.inputs(), job.trigger().alert());
                return follow(there, StoredEvents.none(id), format, job.detailedExitCode());
            }
        }
        Optional<Prepared> prepared = prepare(job, options, false);
        return prepared.isEmpty() ? ExitCode.USAGE : run(prepared.get(), job, options, format);
    }

    /** What a run needs, checked. */
    record Prepared(
            Configuration configuration,
            Runbook runbook,
            String sha256,
            Map<String, Object> inputs,
            List<StepKind<?>> kinds) {}

    /** @param plan whether inputs may be missing, since nothing is run yet */
    Optional<Prepared> prepare(RunJob job, CommonOptions options, boolean plan) {
        Optional<Configuration> configuration = configuration(options);
        if (configuration.isEmpty()) {
            return Optional.empty();
        }
        Optional<Library.Found> found = new Library(this, configuration.get()).find(job.runbook());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Runbook runbook = found.get().runbook();
        List<Problem> sourceProblems = new SourceChoice(configuration.get(), sourceKinds)
                .problems(found.get().name(), found.get().text(), runbook);
        if (!sourceProblems.isEmpty()) {
            say(sourceProblems);
            return Optional.empty();
        }
        Inputs.Resolved inputs =
                Inputs.resolve(runbook, job.inputs(), job.trigger().alert());
        List<Problem> wrong = inputs.problems().stream()
                .filter(problem -> !(plan && problem.code().equals(MISSING_INPUT)))
                .toList();
        if (!wrong.isEmpty()) {
            say(inputs.problems());
            return Optional.empty();
        }
        return Optional.of(new Prepared(
                configuration.get(),
                runbook,
                Sha256.hex(found.get().text()),
                inputs.values(),
                stepKinds.apply(configuration.get())));
    }

    /**
     * Shows what a run would do.
     *
     * @param json whether as a JSON document
     */
    int plan(RunJob job, CommonOptions options, boolean json) {
        Optional<Prepared> prepared = prepare(job, options, true);
        if (prepared.isEmpty()) {
            return ExitCode.USAGE;
        }
        Plan plan = new Plan(prepared.get(), job, sourceKinds);
        console.out().print(json ? plan.json() : plan.text());
        console.out().flush();
        return ExitCode.DONE;
    }

    private int run(Prepared prepared, RunJob job, CommonOptions options, Format format) {
        Path state = stateDirectory(options);
        String id = InvestigationId.next(InstantSource.system().instant(), new SecureRandom(), 4);
        try (JournalStore store = journal(prepared.configuration(), options);
                OpenSources sources = new OpenSources(prepared.configuration(), sourceKinds);
                JournalWriter journal = store.begin(id, JournalMask.of(prepared.configuration()));
                Stage.Show show = stage.show(id, prepared.runbook().id())) {
            Request request = new Request(
                    id,
                    prepared.runbook(),
                    prepared.sha256(),
                    prepared.configuration().environmentName(),
                    job.trigger(),
                    prepared.inputs(),
                    Optional.empty(),
                    store.medianSeconds(prepared.runbook().id()));
            World world = world(prepared, sources, artifacts(state), show, job.parallel(), job.mayAsk(), job.trigger());
            String ending = show.run(Going.of(new Investigation(world, request, journal, masked(show, prepared))));
            journal.flush();
            show.close();
            List<Event> events = store.events(id).events();
            Summary summary = SummaryFold.of(id, events);
            print(summary, format, show);
            if (job.record().isPresent()) {
                keep(job.record().get(), prepared, request, job.parallel(), events, state);
            }
            return exitCode(ending, summary, job.detailedExitCode());
        } catch (IOException e) {
            fail("the case could not be kept: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (JournalFailure e) {
            fail(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    private void keep(
            RecordFile record, Prepared prepared, Request request, int parallel, List<Event> events, Path state)
            throws IOException {
        Recording recording = new Recording(
                request.id(),
                prepared.runbook(),
                ConfiguredSecrets.service(prepared.configuration(), prepared.inputs()),
                ThisMachine.host(),
                request.medianSeconds(),
                parallel);
        record.write(recording.yaml(events, new SecretMask(ConfiguredSecrets.of(prepared.configuration()))));
        record.keepArtifacts(events, artifacts(state));
        console.err().println("whydunit: kept as the case " + record.file());
    }

    private static Watcher masked(Stage.Show show, Prepared prepared) {
        return new MaskedWatcher(show.watcher(), new SecretMask(ConfiguredSecrets.of(prepared.configuration())));
    }

    /** The files that investigations kept on this machine. */
    FileArtifacts artifacts(CommonOptions options) {
        return artifacts(stateDirectory(options));
    }

    private static FileArtifacts artifacts(Path state) {
        return new FileArtifacts(state.resolve("artifacts"), MAX_ARTIFACT);
    }

    private World world(
            Prepared prepared,
            OpenSources sources,
            ArtifactStore artifacts,
            Stage.Show show,
            int parallel,
            boolean mayAsk,
            Trigger trigger) {
        return new World(
                SteadyClock.from(InstantSource.system()),
                prepared.kinds(),
                sources,
                new ConfiguredHosts(ThisMachine.host(), prepared.configuration().hosts()),
                prepared.configuration().services(),
                artifacts,
                new MaskedApprovals(
                        show.approvals(mayAsk), new SecretMask(ConfiguredSecrets.of(prepared.configuration()))),
                prepared.configuration().directory(),
                new Limits(parallel, Limits.DEFAULT.total(), Limits.DEFAULT.targets(), Limits.DEFAULT.stepTimeout()),
                Pace.real(),
                show.questions(mayAsk),
                Policy.atPrompt(prepared.configuration().policy(), Starter.here(trigger.kind())));
    }

    /**
     * Goes on with an investigation that has ended, since a person wants more of it, and prints its summary.
     *
     * @param again steps that are looked at again
     * @param first what the person says, before anything is looked at
     */
    int goOn(String id, Set<String> again, Consumer<Investigation> first, CommonOptions options, Format format) {
        try (JournalStore store = journal(options)) {
            StoredEvents before = store.events(id);
            if (before.started().isEmpty()) {
                fail("investigation " + id + " has not begun yet");
                return ExitCode.FAILED;
            }
            Event.Started started = before.started().get();
            if (store.find(id).flatMap(StoredInvestigation::endedAt).isEmpty()) {
                fail("investigation " + id + " has not ended: it runs in another process, or its process died;"
                        + " look with: whydunit investigation show " + id);
                return ExitCode.FAILED;
            }
            CommonOptions there = options.withEnvironment(started.environment());
            Optional<RunJob> job = again(runbookOf(started), started, there);
            Optional<Prepared> prepared = job.flatMap(it -> prepare(it, there, false));
            if (prepared.isEmpty()) {
                return ExitCode.USAGE;
            }
            if (!prepared.get().sha256().equals(started.runbook().sha256())) {
                fail("runbook " + started.runbook().id() + " was changed since " + id
                        + " ran; what was seen does not fit it any more; start anew: whydunit run "
                        + started.runbook().id());
                return ExitCode.FAILED;
            }
            Optional<String> unknown = again.stream()
                    .filter(step -> !prepared.get().runbook().steps().containsKey(step))
                    .findFirst();
            if (unknown.isPresent()) {
                fail("runbook " + started.runbook().id() + " has no step " + unknown.get() + "; its steps are "
                        + String.join(", ", prepared.get().runbook().steps().keySet()));
                return ExitCode.USAGE;
            }
            Carried carried = carryOn(
                    store, before, prepared.get(), started.trigger(), there, (world, request, journal, watcher) -> {
                        Investigation investigation =
                                Investigation.reopened(world, request, journal, watcher, before.events(), again);
                        first.accept(investigation);
                        return investigation;
                    });
            print(carried.summary(), format, carried.show());
            return exitCode(carried.ending(), carried.summary(), false);
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        } catch (JournalFailure e) {
            fail(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    /** Makes the investigation that is carried on. */
    interface Carrier {
        /** @param watcher sees its events, without secrets */
        Investigation of(World world, Request request, Journal journal, Watcher watcher);
    }

    /**
     * What became of one that was carried on.
     *
     * @param ending {@code completed}, {@code interrupted} or {@code out_of_time}
     * @param show where it was shown; closed
     */
    record Carried(Summary summary, String ending, Stage.Show show) {}

    /** Does here an investigation that is stored, from where its events end: nobody else is in charge of it from then on. */
    Carried carryOn(
            JournalStore store,
            StoredEvents before,
            Prepared prepared,
            Trigger trigger,
            CommonOptions options,
            Carrier carrier) {
        String id = before.id();
        Request request = new Request(
                id,
                prepared.runbook(),
                prepared.sha256(),
                prepared.configuration().environmentName(),
                trigger,
                prepared.inputs(),
                before.started().map(Event.Started::anchor),
                store.medianSeconds(prepared.runbook().id()));
        int attempt = store.takeOver(id);
        try (OpenSources sources = new OpenSources(prepared.configuration(), sourceKinds);
                JournalWriter journal =
                        store.goOn(before, prepared.runbook().id(), attempt, JournalMask.of(prepared.configuration()));
                Stage.Show show = stage.show(id, prepared.runbook().id())) {
            World world = world(
                    prepared,
                    sources,
                    artifacts(stateDirectory(options)),
                    show,
                    Limits.DEFAULT.parallelSteps(),
                    true,
                    trigger);
            before.started().ifPresent(show::begun);
            String ending = show.run(Going.of(carrier.of(world, request, journal, masked(show, prepared))));
            journal.flush();
            show.close();
            return new Carried(SummaryFold.of(id, store.events(id).events()), ending, show);
        }
    }

    /**
     * A run of a runbook on what an investigation was about; empty, with the reason said, when there is no such runbook.
     *
     * @param runbook a file or an id
     */
    Optional<RunJob> again(String runbook, Event.Started started, CommonOptions options) {
        return configuration(options)
                .flatMap(known -> new Library(this, known).find(runbook))
                .map(found -> new RunJob(
                        runbook,
                        Inputs.asGiven(found.runbook(), started.inputs()),
                        started.trigger(),
                        true,
                        false,
                        Limits.DEFAULT.parallelSteps()));
    }

    /**
     * Shows an investigation that a server does, until it ends, and prints its summary.
     *
     * @param before its events that are known already
     */
    int follow(RemoteServer server, StoredEvents before, Format format, boolean detailedExitCode) {
        String id = before.id();
        String runbook = before.started().map(begun -> begun.runbook().id()).orElse("");
        try (Stage.Show show = stage.show(id, runbook)) {
            before.started().ifPresent(show::begun);
            String ending = show.run(
                    new Following(server, id, show.watcher(), before.events().size()));
            show.close();
            Summary summary = SummaryFold.of(id, server.events(id).events());
            print(summary, format, show);
            return exitCode(ending, summary, detailedExitCode);
        }
    }

    /** The file that was run, where it is still there; else the runbook of that id. */
    String runbookOf(Event.Started started) {
        String source = started.runbook().source();
        return Files.isRegularFile(directory.resolve(source))
                ? source
                : started.runbook().id();
    }

    static int exitCode(String ending, Summary summary, boolean detailed) {
        return switch (ending) {
            case "interrupted" -> ExitCode.INTERRUPTED;
            case "out_of_time" -> ExitCode.OUT_OF_TIME;
            default ->
                !detailed
                        ? ExitCode.DONE
                        : switch (summary.verdict().status()) {
                            case "concluded" -> ExitCode.DONE;
                            case "narrowed" -> ExitCode.NARROWED;
                            case "symptom_absent" -> ExitCode.SYMPTOM_ABSENT;
                            default -> ExitCode.INCONCLUSIVE;
                        };
        };
    }

    private void print(Summary summary, Format format, Stage.Show show) {
        if (format != Format.TEXT || !show.shows(summary)) {
            print(summary, format);
        }
    }

    /** Prints a summary on standard output. */
    void print(Summary summary, Format format) {
        String text = switch (format) {
            case TEXT -> SummaryText.write(summary, new TextStyle(console.width(), console.color(), console.unicode()));
            case JSON -> SummaryJson.write(summary);
            case MD -> SummaryMarkdown.write(summary);
            case HTML -> SummaryHtml.write(summary);
        };
        console.out().print(text.endsWith("\n") ? text : text + "\n");
        console.out().flush();
    }
}
