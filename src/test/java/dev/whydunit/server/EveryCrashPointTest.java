package dev.whydunit.server;

import static dev.whydunit.store.Statements.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.config.Configuration;
import dev.whydunit.delivery.Courier;
import dev.whydunit.delivery.Outbox;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.VerdictFacts;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.incident.TimelineEntry;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.running.InvestigationRequests;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.running.OpenSources;
import dev.whydunit.running.Requested;
import dev.whydunit.running.Shelf;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.store.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One investigation as a server does it, claim, attempt, events, end and the incident's timeline, on a database that fails at its n-th write, for every n;
 * then once more after a restart, as the queue would have it.
 */
class EveryCrashPointTest {
    private static final String INCIDENT = "inc-1";
    private static final String RUNBOOK = """
            runbook: cut_off
            title: An investigation that is cut off
            symptom: slow
            hypotheses:
              overload: {claim: No CPU left, prior: common}
              database:
                claim: The database answers slowly
                why:
                  slow_query: {claim: One query reads too much, remedy: Add the index.}
                  lock_wait: {claim: Sessions wait for a lock}
            steps:
              load: {glance: {about: no}, findings: {busy: {when: 'yes', supports: {overload: strong}}, idle: {when: '!yes', refutes: {overload: moderate}}}}
              hosts: {needs: [load], always: true, for_each: '["a", "b"]', glance: {about: yes}, findings: {any: {when: 'yes && each == "b"', supports: {overload: weak}}}}
              statements: {needs: [hosts], always: true, glance: {about: yes}, findings: {much: {when: 'yes', says: 'it reads much', supports: {slow_query: moderate}}}}
              broken: {needs: [statements], always: true, glance: {about: broken}, findings: {wrong: {when: 'yes', supports: {lock_wait: strong}}}}
              plan: {needs: [broken], always: true, glance: {about: yes}, findings: {scan: {when: 'yes', supports: {slow_query: strong}, refutes: {lock_wait: moderate}}}}
            """;

    @TempDir
    Path folder;

    private final Glance kind = new Glance();
    private Configuration configuration;
    private Path template;
    private String id;

    /** What an investigation came to. */
    private record Outcome(Map<String, Double> belief, VerdictFacts verdict, List<String> findings) {}

    @BeforeEach
    void askForOne() throws Exception {
        Files.createDirectories(folder.resolve("runbooks"));
        Files.writeString(folder.resolve("runbooks/cut_off.yaml"), RUNBOOK);
        configuration = Configuration.empty(folder);
        template = folder.resolve("template.db");
        try (Database database = Database.embedded(template)) {
            id = database.commits()
                    .submit(connection -> {
                        update(
                                connection,
                                "insert into incident (id, number, status, title, severity, origin, services, hosts, group_keys, alerts,"
                                        + " opened_at, last_alert_at) values (?, 1, 'open', 'Slow', 'critical', 'shop', '[]', '[]', '[]', 1, ?, ?)",
                                INCIDENT,
                                Instant.EPOCH,
                                Instant.EPOCH);
                        return new InvestigationRequests("default", UnaryOperator.identity())
                                .request(
                                        connection,
                                        new Requested("cut_off", "api", Map.of(), Map.of()),
                                        Optional.of(INCIDENT),
                                        Instant.EPOCH);
                    })
                    .join();
        }
        FailingWrites.prepare(template);
    }

    @Test
    void whicheverWriteFailsItEndsAsItWouldHave() throws Exception {
        Path undisturbed = copy("undisturbed");
        run(undisturbed);
        int writes = FailingWrites.taken(undisturbed);
        assertThat(writes).isGreaterThan(30);
        Outcome expected = outcome(undisturbed);
        assertThat(expected.verdict().path()).containsExactly("database", "slow_query");
        for (int n = 0; n < writes; n++) {
            String which = "write " + (n + 1) + " of " + writes;
            Path file = copy("n" + n);
            FailingWrites.after(file, n);
            kind.looked.clear();
            assertThatThrownBy(() -> run(file)).as(which).hasStackTraceContaining("the disk is full (a test)");
            FailingWrites.after(file, FailingWrites.NEVER);
            List<String> known = ended(file);
            kind.looked.clear();

            run(file);

            assertThat(outcome(file)).as(which).isEqualTo(expected);
            assertThat(kind.looked.stream().filter(known::contains))
                    .as("looked at again, " + which)
                    .isEmpty();
            Files.delete(file);
        }
    }

    private Path copy(String name) throws Exception {
        return Files.copy(template, folder.resolve(name + ".db"));
    }

    /** What the queue does when it has claimed it, by a process that has just started. */
    private void run(Path file) throws Exception {
        try (Database database = Database.embedded(file)) {
            List<StepKind<?>> kinds = List.of(kind);
            IncidentStore incidents = LocalDatabase.incidents(
                    database, configuration, LocalDatabase.signals(configuration), (connection, all, now) -> Set.of());
            new Investigations(
                            new ServeSettings(
                                    configuration,
                                    folder,
                                    InetAddress.getLoopbackAddress(),
                                    0,
                                    Optional.empty(),
                                    kinds,
                                    List.of(),
                                    new PrintStream(PrintStream.nullOutputStream())),
                            database,
                            new JournalStore(database),
                            new Shelf(List.of(folder.resolve("runbooks")), List.of(kind.signature())),
                            new FileArtifacts(folder.resolve("artifacts"), 1 << 20),
                            new OpenSources(configuration, List.of()),
                            kinds,
                            new Admission(() -> {}),
                            incidents,
                            new Telling(
                                    configuration,
                                    database,
                                    new Outbox(database, SecretMask::none),
                                    new Courier(configuration.environment(), database.clock())),
                            new Measures(new SimpleMeterRegistry()),
                            SecretMask::none)
                    .run(id);
        }
    }

    /** The steps that ended on all that they look at, as the journal has it. */
    private List<String> ended(Path file) throws Exception {
        try (JournalStore store = new JournalStore(Database.embedded(file))) {
            return store.events(id).events().stream()
                    .filter(Event.StepEnded.class::isInstance)
                    .map(event -> ((Event.StepEnded) event).step())
                    .filter(step -> !step.equals("hosts"))
                    .toList();
        }
    }

    private Outcome outcome(Path file) throws Exception {
        try (Database database = Database.embedded(file)) {
            StoredEvents stored = new JournalStore(database).events(id);
            assertThat(stored.intact()).isTrue();
            assertThat(all(stored, Event.Ended.class)).hasSize(1);
            assertThat(all(stored, Event.Started.class)).hasSize(1);
            assertThat(LocalDatabase.incidents(
                                    database,
                                    configuration,
                                    LocalDatabase.signals(configuration),
                                    (connection, all, now) -> Set.of())
                            .timeline(INCIDENT))
                    .singleElement()
                    .extracting(TimelineEntry::text)
                    .asString()
                    .contains(id + " (cut_off) has ended: concluded, database.slow_query");
            Map<String, String> findings = new TreeMap<>();
            for (Event.FindingRead read : all(stored, Event.FindingRead.class)) {
                String finding = read.step() + "." + read.finding();
                assertThat(findings.put(finding, finding + " " + read.outcome()))
                        .as(finding)
                        .isNull();
            }
            return new Outcome(
                    all(stored, Event.BeliefMoved.class).getLast().belief(),
                    all(stored, Event.Judged.class).getFirst().verdict(),
                    List.copyOf(findings.values()));
        }
    }

    private static <E extends Event> List<E> all(StoredEvents stored, Class<E> type) {
        return stored.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A step kind that sees what it is told to. */
    private static final class Glance implements StepKind<Glance.At> {
        private final ConcurrentLinkedQueue<String> looked = new ConcurrentLinkedQueue<>();

        /** Its parameters. */
        record At(
                @About("yes, no or broken.") @Default("\"\"")
                String about) {}

        /** Its result. */
        record Sight(boolean yes) {}

        @Override
        public KindSignature signature() {
            return new KindSignature(
                    "glance",
                    "Looks at nothing.",
                    At.class,
                    Sight.class,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Effect.READ,
                    Optional.empty());
        }

        @Override
        public String rendered(At parameters) {
            return "glance at " + parameters.about();
        }

        @Override
        public Observation observe(At parameters, StepContext context) {
            looked.add(context.step());
            if (parameters.about().equals("broken")) {
                throw new IllegalStateException("cannot look");
            }
            return Observation.Seen.of(new Sight(parameters.about().equals("yes")));
        }
    }
}
