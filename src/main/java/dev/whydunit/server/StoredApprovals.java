package dev.whydunit.server;

import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Seconds;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.running.MaskedApprovals;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts what the steps of one investigation want to do to people, through the API and the pages. */
final class StoredApprovals implements Approvals {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ApprovalStore store;
    private final String investigation;
    private final int charge;
    private final Supplier<SecretMask> mask;
    private final InstantSource clock;
    private final Consumer<PendingApproval> told;
    /** Why, by step: a question may be taken back in the moment before it is stored. */
    private final Map<String, String> withdrawn = new ConcurrentHashMap<>();

    /**
     * @param charge the number of this attempt at the investigation: an answer is for whoever is in charge
     * @param mask takes secrets out of what people see
     * @param told learns of what waits for people, again after each restart
     */
    StoredApprovals(
            ApprovalStore store,
            String investigation,
            int charge,
            Supplier<SecretMask> mask,
            InstantSource clock,
            Consumer<PendingApproval> told) {
        this.store = store;
        this.investigation = investigation;
        this.charge = charge;
        this.mask = mask;
        this.clock = clock;
        this.told = told;
    }

    @Override
    public Answer ask(Wish wish) throws InterruptedException {
        PendingApproval asked = store.ask(investigation, wish, MaskedApprovals.masked(wish, mask.get()));
        Optional<String> before = Optional.ofNullable(withdrawn.get(wish.step()));
        if (before.isPresent()) {
            store.withdraw(investigation, wish.step(), before.get());
        } else if (asked.waits(clock.instant())) {
            told.accept(asked);
        }
        while (asked.waits(clock.instant())) {
            Thread.sleep(LOOK);
            try {
                asked = store.find(asked.id()).orElse(asked);
            } catch (SQLException e) {
                // The database is away for a moment; the question stands in it, and so will the answer.
                continue;
            }
        }
        boolean taken =
                !withdrawn.containsKey(wish.step()) && asked.granted().orElse(false) && store.use(asked, charge);
        if (taken) {
            return new Answer(true, asked.by().orElse(""));
        }
        Optional<String> why = Optional.ofNullable(withdrawn.get(wish.step())).or(asked::withdrawn);
        if (why.isPresent()) {
            return Answer.withdrawn(why.get());
        }
        String by = asked.by().orElse("nobody within " + Seconds.patience(wish.expires()));
        if (asked.granted().orElse(false)) {
            return new Answer(false, by + " too late, or for another node: this one is no longer in charge");
        }
        return new Answer(false, by);
    }

    @Override
    public void withdraw(String step, String why) {
        withdrawn.put(step, why);
        store.withdraw(investigation, step, why);
    }
}
