package dev.whydunit.server;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.whydunit.config.RetentionSettings;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.retention.FileRetention;
import dev.whydunit.retention.RecordRetention;
import dev.whydunit.retention.Removal;
import dev.whydunit.store.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes by itself what retention does not keep: records once a day in the whole cluster, files once a day on each node. When the clock
 * is in doubt, or most of what there is would go, it removes nothing and says so until a person runs {@code whydunit state prune}.
 */
final class Upkeep {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final String NAME = "retention";
    /** How often. */
    static final Duration EVERY = Duration.ofDays(1);

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

    private final Database database;
    private final ClockWatch clock;
    private final RecordRetention records;
    private final FileRetention files;
    private volatile Optional<String> doubt = Optional.empty();
    private volatile Optional<Measures> measures = Optional.empty();

    Upkeep(Database database, FileArtifacts artifacts, RetentionSettings rules, ClockWatch clock) {
        this.database = database;
        this.clock = clock;
        this.records = new RecordRetention(database, rules, NAME);
        this.files = new FileRetention(database, artifacts, rules, records);
    }

    /** What it removes is counted from now on. */
    void count(Measures counting) {
        measures = Optional.of(counting);
    }

    /** For the queue: one node does it. */
    RecurringTask<Void> task() {
        return Tasks.recurring(NAME, FixedDelay.of(EVERY))
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
                .execute((instance, context) -> {
                    try {
                        records();
                    } catch (SQLException e) {
                        throw new IllegalStateException("retention: " + e.getMessage(), e);
                    }
                });
    }

    private void records() throws SQLException {
        Instant now = database.clock().instant();
        if (isSure(now)) {
            say(records.remove(now));
        }
    }

    /** Done by each node for its own files. */
    void files() {
        try {
            Instant now = database.clock().instant();
            if (isSure(now)) {
                say(files.remove(now));
            }
        } catch (SQLException | IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "files that nothing refers to could not be removed; tried again tomorrow",
                    e);
        }
    }

    private boolean isSure(Instant now) throws SQLException {
        Optional<String> why = clock.doubt();
        doubt = why.isPresent() ? why : records.doubt(now);
        doubt.ifPresent(reason -> LOG.log(
                System.Logger.Level.WARNING,
                "retention removed nothing: {0} See: whydunit state prune --dry-run",
                reason));
        return doubt.isEmpty();
    }

    private void say(Removal removed) {
        measures.ifPresent(measured -> measured.pruned(removed));
        if (!removed.isNothing()) {
            LOG.log(System.Logger.Level.INFO, "retention removed {0}", removed.words());
        }
    }

    /** Why it removed nothing the last time; empty when it did its work. */
    Optional<String> doubt() {
        return doubt;
    }
}
