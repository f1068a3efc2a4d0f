package dev.whydunit.server;

import dev.whydunit.engine.ArtifactStore;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Questions;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.policy.Policy;
import dev.whydunit.policy.Starter;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.running.ConfiguredHosts;
import dev.whydunit.running.InvestigationRequests.Claimed;
import dev.whydunit.running.OpenSources;
import dev.whydunit.running.SteadyClock;
import dev.whydunit.running.ThisMachine;
import dev.whydunit.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What investigations of a server see of the world, and what sees them. */
final class Worlds {
    private final ServeSettings settings;
    private final Database database;
    private final List<StepKind<?>> kinds;
    private final OpenSources sources;
    private final ArtifactStore artifacts;
    private final Supplier<SecretMask> mask;
    private final ApprovalStore approvals;
    private final Telling telling;
    private final Measures measures;

    Worlds(
            ServeSettings settings,
            Database database,
            List<StepKind<?>> kinds,
            OpenSources sources,
            ArtifactStore artifacts,
            Supplier<SecretMask> mask,
            Telling telling,
            Measures measures) {
        this.settings = settings;
        this.database = database;
        this.kinds = List.copyOf(kinds);
        this.sources = sources;
        this.artifacts = artifacts;
        this.mask = mask;
        this.approvals = new ApprovalStore(database);
        this.telling = telling;
        this.measures = measures;
    }

    /** Of one attempt at one of them. */
    World of(Admission.Place place, String id, Claimed claimed) {
        return new World(
                SteadyClock.from(database.clock()),
                kinds,
                sources,
                new ConfiguredHosts(ThisMachine.host(), settings.configuration().hosts()),
                settings.configuration().services(),
                artifacts,
                new StoredApprovals(
                        approvals,
                        id,
                        claimed.attempt(),
                        mask,
                        database.clock(),
                        asked -> telling.waits(asked, claimed)),
                settings.configuration().directory(),
                Limits.DEFAULT,
                place.pace(),
                Questions.nobody(),
                Policy.onServer(
                        settings.configuration().policy(),
                        new Starter(
                                claimed.requested().trigger(),
                                claimed.requested().role())));
    }

    /** Measures looks of steps. */
    Watcher watcher(Runbook runbook) {
        return new Watcher() {
            @Override
            public void event(Event event) {
                if (event instanceof Event.StepEnded ended) {
                    Step step = runbook.steps().get(ended.step());
                    // Looks that read a source are measured where it is known which.
                    if (step != null && step.kind().source().isEmpty()) {
                        measures.step(
                                step.kind().name(),
                                "",
                                ended.status().name().toLowerCase(Locale.ROOT),
                                Duration.ofNanos((long) (ended.seconds() * 1e9)));
                    }
                }
            }

            @Override
            public void progress(String step, String line) {
                // Nobody watches; the journal keeps what counts.
            }
        };
    }
}
