package dev.whydunit.server;

import dev.whydunit.config.DatabaseSettings;
import dev.whydunit.delivery.Outbox;
import dev.whydunit.engine.StepKind;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.incident.Signals;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.outbound.Route;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.running.CurrentMask;
import dev.whydunit.running.IncidentTriage;
import dev.whydunit.running.InvestigationRequests;
import dev.whydunit.running.JournalMask;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.running.OpenSources;
import dev.whydunit.running.RunbookChoice;
import dev.whydunit.running.Shelf;
import dev.whydunit.running.StateLock;
import dev.whydunit.running.SteadyClock;
import dev.whydunit.running.ThisMachine;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import dev.whydunit.webhook.AmazonSns;
import dev.whydunit.webhook.Receivers;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server. */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final long MAX_ARTIFACT = 256L << 20;
    /** Investigations that mostly wait cost little: each is a few virtual threads. */
    private static final int AT_ONCE = 512;

    private static final long CLOSE_SECONDS = 15;

    private final int port;
    private final List<AutoCloseable> parts;

    private Server(int port, List<AutoCloseable> parts) {
        this.port = port;
        this.parts = List.copyOf(parts);
    }

    /**
     * Starts a server; it is ready when this returns.
     *
     * @throws StartFailure when it cannot, with a line that says why and what to do
     */
    public static Server start(ServeSettings settings) throws StartFailure {
        CurrentMask mask = new CurrentMask(
                settings.configuration(), settings.adminToken().stream().toList());
        ServerLog.begin(settings.configuration().operation().logging(), mask);
        Map<String, Object> web = web(settings);
        AmazonSns amazon = new AmazonSns(Route.system(AddressPolicy.INTERNET), InstantSource.system());
        CompletableFuture<Read> reading = new CompletableFuture<>();
        // Runbooks and mappings are compiled, and Spring gets ready, while the database is opened: each takes as long
        // as the others.
        Thread.ofPlatform()
                .daemon()
                .name("reading")
                .start(() -> reading.completeAsync(() -> read(settings, amazon), Runnable::run));
        try (WebStart starting = WebStart.begin(web)) {
            StateLock lock = settings.configuration().database().isPresent() ? null : lock(settings.state());
            Database database = database(settings);
            try {
                return start(settings, database, reading.join(), amazon, mask, starting, lock);
            } catch (SQLException e) {
                throw new StartFailure("cannot use the database " + database.name() + ": " + e.getMessage());
            }
        }
    }

    private static Map<String, Object> web(ServeSettings settings) throws StartFailure {
        Map<String, Object> properties = new LinkedHashMap<>(TlsFiles.properties(settings.configuration()));
        properties.put("server.address", settings.address().getHostAddress());
        properties.put("server.port", settings.port());
        return properties;
    }

    /** What the configuration's receivers and the files of runbooks hold. */
    private record Read(Receivers.Loaded receivers, Shelf shelf) {}

    private static Read read(ServeSettings settings, AmazonSns amazon) {
        List<KindSignature> signatures = settings.kinds().stream()
                .<KindSignature>map(StepKind::signature)
                .toList();
        return new Read(
                Receivers.read(
                        settings.configuration().receivers(),
                        settings.configuration().environment(),
                        amazon),
                new Shelf(settings.configuration().runbooks(), signatures));
    }

    private static Server start(
            ServeSettings settings,
            Database database,
            Read read,
            AmazonSns amazon,
            CurrentMask mask,
            WebStart web,
            @Nullable StateLock lock)
            throws SQLException, StartFailure {
        Receivers.Loaded receivers = read.receivers();
        if (!receivers.problems().isEmpty()) {
            Problem first = receivers.problems().getFirst();
            throw new StartFailure(ProblemRenderer.line(first) + (first.help().isEmpty() ? "" : "; " + first.help()));
        }
        Shelf shelf = read.shelf();
        shelf.problems().forEach(problem -> settings.console().println("whydunit: " + problem));
        JournalStore journal = new JournalStore(database);
        Signals signals = LocalDatabase.signals(settings.configuration());
        RunbookChoice choice = new RunbookChoice(shelf, settings.configuration().incidents(), signals);
        if (choice.problem().isPresent()) {
            throw new StartFailure(choice.problem().get());
        }
        JournalMask journalMask = new JournalMask(mask);
        IncidentTriage triage = new IncidentTriage(
                database,
                signals,
                shelf,
                choice,
                new InvestigationRequests(settings.configuration().environmentName(), journalMask));
        IncidentStore incidents = LocalDatabase.incidents(database, settings.configuration(), signals, triage, mask);
        Tokens tokens = new Tokens(database);
        OpenSources sources = new OpenSources(settings.configuration(), settings.sourceKinds());
        Late late = new Late();
        Admission admission = new Admission(late::room);
        String node = node();
        Schedules schedules = new Schedules(settings.configuration().schedules(), database);
        Optional<String> problem = schedules.problem(shelf);
        if (problem.isPresent()) {
            throw new StartFailure(problem.get());
        }
        SourcePermits permits = new SourcePermits(database, node);
        SourceGuards guards = new SourceGuards(SteadyClock.from(database.clock()));
        Optional<Traces> traces = traces(settings, node);
        TracedWork traced = new TracedWork(journal, traces);
        FileArtifacts artifacts = new FileArtifacts(settings.state().resolve("artifacts"), MAX_ARTIFACT);
        ClockWatch clock = new ClockWatch(InstantSource.system(), System::nanoTime);
        Upkeep upkeep = new Upkeep(database, artifacts, settings.configuration().retention(), clock);
        Telling telling = new Telling(
                settings.configuration(), database, new Outbox(database, mask), Telling.courier(settings, database));
        WorkQueue queue = new WorkQueue(
                database,
                node,
                AT_ONCE,
                admission::room,
                List.of(
                        new WorkQueue.Kind(Work.TRIAGE, triage::triage),
                        new WorkQueue.Kind(
                                Work.INVESTIGATE,
                                id -> traced.run(id, () -> late.investigations().run(id))),
                        new WorkQueue.Kind(Work.NOTIFY, telling::deliver)),
                Stream.concat(schedules.tasks().stream(), Stream.of(upkeep.task()))
                        .toList());

        ConfigurableApplicationContext context = web.with(beans -> {
            beans.registerBean(ServeSettings.class, () -> settings);
            beans.registerBean(Database.class, () -> database, definition -> definition.setDestroyMethodName(""));
            beans.registerBean(JournalStore.class, () -> journal, definition -> definition.setDestroyMethodName(""));
            beans.registerBean(Shelf.class, () -> shelf);
            beans.registerBean(Tokens.class, () -> tokens);
            beans.registerBean(CurrentMask.class, () -> mask);
            beans.registerBean(JournalMask.class, () -> journalMask);
            beans.registerBean(Schedules.class, () -> schedules);
            beans.registerBean(OpenSources.class, () -> sources, definition -> definition.setDestroyMethodName(""));
            beans.registerBean(SourceGuards.class, () -> guards);
            beans.registerBean(FileArtifacts.class, () -> artifacts);
            beans.registerBean(ClockWatch.class, () -> clock);
            beans.registerBean(Upkeep.class, () -> upkeep);
            beans.registerBean(IncidentStore.class, () -> incidents);
            beans.registerBean(WorkQueue.class, () -> queue, definition -> definition.setDestroyMethodName(""));
            beans.registerBean(
                    WebhookController.Receivers.class,
                    () -> new WebhookController.Receivers(receivers.receivers(), amazon::confirm));
            beans.registerBean(PageSessions.class, () -> new PageSessions(database));
            beans.registerBean(ApprovalStore.class, () -> new ApprovalStore(database));
            beans.registerBean(
                    Investigations.class,
                    () -> new Investigations(
                            settings,
                            database,
                            journal,
                            shelf,
                            artifacts,
                            sources,
                            PermittedKind.of(settings.kinds(), sources, permits, guards, beans.getBean(Measures.class)),
                            admission,
                            incidents,
                            telling,
                            beans.getBean(Measures.class),
                            mask));
            beans.registerBean(
                    Acts.class,
                    () -> new Acts(database, journal, beans.getBean(Investigations.class), queue, journalMask),
                    definition -> definition.setDestroyMethodName(""));
            beans.registerBean(Outbox.class, telling::outbox);
        });
        Investigations investigations = context.getBean(Investigations.class);
        late.set(investigations, queue);
        triage.wire(incidents, queue);
        schedules.wire(queue, investigations);
        schedules.forgetOthers();
        Measures measures = context.getBean(Measures.class);
        telling.wire(queue, measures);
        measures.gauge("whydunit.investigations.running", investigations::runningHere);
        measures.gauge("whydunit.writes.waiting", () -> database.commits().waiting());
        settings.configuration()
                .sources()
                .keySet()
                .forEach(source ->
                        measures.leftAlone(source, () -> guards.shut(source).isPresent()));
        measures.stored(context.getBean(StoredCounts.class));
        upkeep.count(measures);
        queue.start();
        Acts acts = context.getBean(Acts.class);
        acts.start();
        ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("housekeeping").factory());
        housekeeping.scheduleWithFixedDelay(() -> closeQuiet(incidents, database), 10, 10, TimeUnit.SECONDS);
        ApprovalStore approvals = context.getBean(ApprovalStore.class);
        housekeeping.scheduleWithFixedDelay(() -> expire(approvals), 5, 5, TimeUnit.SECONDS);
        housekeeping.scheduleWithFixedDelay(clock::look, 10, 10, TimeUnit.SECONDS);
        housekeeping.scheduleWithFixedDelay(upkeep::files, 60, Upkeep.EVERY.toSeconds(), TimeUnit.SECONDS);
        Optional<String> first =
                tokens.first(settings.adminToken(), database.clock().instant());
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        first.ifPresent(token ->
                settings.console().println("whydunit: the first administrator's token, shown this once: " + token));
        receivers.receivers().values().stream()
                .filter(receiver -> receiver.open())
                .forEach(receiver -> settings.console()
                        .println("whydunit: anybody may send to /webhooks/" + receiver.name() + " (auth: none)"));
        boolean plain = settings.configuration().operation().tls().isEmpty();
        if (plain && !settings.address().isLoopbackAddress()) {
            settings.console()
                    .println("whydunit: WARNING: others can reach "
                            + settings.address().getHostAddress()
                            + ", and without TLS they can read tokens and alerts on the way and change them;"
                            + " set tls: {certificate: FILE, key: FILE} in whydunit.yaml");
        }
        settings.console()
                .println("whydunit: ready on " + (plain ? "http" : "https") + "://"
                        + settings.address().getHostAddress() + ":" + port);
        settings.console().flush();
        return new Server(
                port,
                List.of(
                        housekeeping::shutdownNow,
                        acts,
                        investigations::stop,
                        queue,
                        permits,
                        context::close,
                        sources,
                        database,
                        () -> traces.ifPresent(Traces::close),
                        () -> release(lock)));
    }

    /** A name that no other process has or had, for those who look at the queue: a restarted container has its old host and number. */
    private static String node() {
        String name = ThisMachine.host().name();
        return name.substring(0, Math.min(name.length(), 30)) + "-"
                + ProcessHandle.current().pid() + "-"
                + Integer.toString(new SecureRandom().nextInt(36 * 36 * 36 * 36), 36);
    }

    private static void expire(ApprovalStore approvals) {
        try {
            approvals.expire();
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "what nobody approved in time is not in the audit log yet", e);
        }
    }

    private static void closeQuiet(IncidentStore incidents, Database database) {
        try {
            incidents.closeQuiet(database.clock().instant()).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "incidents that were quiet could not be closed; tried again soon", e);
        }
    }

    private static Optional<Traces> traces(ServeSettings settings, String node) throws StartFailure {
        try {
            return Traces.of(settings.configuration(), node);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("tracing: " + e.getMessage());
        }
    }

    private static Database database(ServeSettings settings) throws StartFailure {
        Optional<DatabaseSettings> configured = settings.configuration().database();
        try {
            if (configured.isEmpty()) {
                return Database.embeddedForServer(settings.state().resolve("journal.db"));
            }
            return LocalDatabase.postgres(configured.get(), settings.configuration());
        } catch (SQLException | IllegalArgumentException e) {
            throw new StartFailure("cannot open the database: " + e.getMessage());
        }
    }

    /** The embedded database is served by one process at a time. */
    private static StateLock lock(Path state) throws StartFailure {
        try {
            return StateLock.take(state)
                    .orElseThrow(() -> new StartFailure("another server uses the state directory " + state
                            + "; give this one its own (--state), or both a PostgreSQL (database: in whydunit.yaml)"));
        } catch (IOException e) {
            throw new StartFailure("cannot use the state directory " + state + ": " + e.getMessage());
        }
    }

    private static void release(@Nullable StateLock lock) throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Stops it; what it was doing is gone on with at the next start. */
    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "a part of the server did not close well", e);
            }
        }
    }

    /** Set once the web application has made it. */
    private static final class Late {
        private volatile Optional<Investigations> investigations = Optional.empty();
        private volatile Optional<WorkQueue> queue = Optional.empty();

        void set(Investigations made, WorkQueue over) {
            investigations = Optional.of(made);
            queue = Optional.of(over);
        }

        void room() {
            queue.ifPresent(WorkQueue::room);
        }

        Investigations investigations() {
            return investigations.orElseThrow();
        }
    }
}
