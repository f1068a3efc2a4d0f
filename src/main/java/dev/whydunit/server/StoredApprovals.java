package dev.whydunit.server;

import dev.whydunit.config.WritePolicy;
import dev.whydunit.engine.Approvals;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts what the steps of one investigation want to do to people, through the API. What policy does not allow is denied before anybody
 * is asked: nobody is to be talked into it at night.
 */
final class StoredApprovals implements Approvals {
    private static final long LOOK_MILLIS = 500;

    private final ApprovalStore store;
    private final String investigation;
    private final Runbook runbook;
    private final WritePolicy policy;
    private final InstantSource clock;
    private final Consumer<PendingApproval> told;

    /** @param told learns of what waits for people, again after each restart */
    StoredApprovals(
            ApprovalStore store,
            String investigation,
            Runbook runbook,
            WritePolicy policy,
            InstantSource clock,
            Consumer<PendingApproval> told) {
        this.store = store;
        this.investigation = investigation;
        this.runbook = runbook;
        this.policy = policy;
        this.clock = clock;
        this.told = told;
    }

    @Override
    public Answer ask(String step, String command) throws InterruptedException {
        boolean writes = Optional.ofNullable(runbook.steps().get(step))
                .map(Step::effect)
                .filter(effect -> effect == Effect.WRITE)
                .isPresent();
        if (writes && !policy.allow().contains(program(command))) {
            return new Answer(false, "policy: policy.writes.allow of whydunit.yaml does not name " + program(command));
        }
        PendingApproval asked = store.ask(investigation, step, command, policy.expires());
        if (asked.waits(clock.instant())) {
            told.accept(asked);
        }
        while (asked.waits(clock.instant())) {
            Thread.sleep(LOOK_MILLIS);
            try {
                asked = store.find(asked.id()).orElse(asked);
            } catch (SQLException e) {
                // The database is away for a moment; the question stands in it, and so will the answer.
                continue;
            }
        }
        return new Answer(
                asked.granted().orElse(false),
                asked.by().orElse("nobody within " + policy.expires().toMinutes() + " min"));
    }

    /** The name of the file of the program that a command begins with. */
    static String program(String command) {
        String first = command.strip().split("\\s+", 2)[0].replace("'", "").replace("\"", "");
        return first.substring(first.lastIndexOf('/') + 1);
    }
}
