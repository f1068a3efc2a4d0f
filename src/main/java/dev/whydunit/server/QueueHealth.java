package dev.whydunit.server;

import dev.whydunit.running.Work;
import dev.whydunit.store.CommitGroup;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** How much waits: writes of this node, and work of all. */
final class QueueHealth implements HealthIndicator {
    private static final int FULL_PERCENT = 90;

    private final CommitGroup commits;
    private final StoredCounts counts;

    QueueHealth(CommitGroup commits, StoredCounts counts) {
        this.commits = commits;
        this.counts = counts;
    }

    @Override
    public Health health() {
        int percent = commits.waiting() * 100 / commits.capacity();
        Optional<StoredCounts.Counts> stored = counts.now();
        Health.Builder health = (percent >= FULL_PERCENT ? Health.status(SourcesHealth.DEGRADED) : Health.up())
                .withDetail("writesWaiting", commits.waiting())
                .withDetail("writesThatMayWait", commits.capacity());
        stored.ifPresent(now -> health.withDetail(
                        "investigationsWaiting", now.waiting().getOrDefault(Work.INVESTIGATE, 0L))
                .withDetail("investigationsRunning", now.working().getOrDefault(Work.INVESTIGATE, 0L)));
        return health.build();
    }
}
