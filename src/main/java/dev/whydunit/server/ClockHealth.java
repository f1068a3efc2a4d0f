package dev.whydunit.server;

import dev.whydunit.store.Database;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether this machine's time was set lately or differs from the database's, and whether retention believes it. */
final class ClockHealth implements HealthIndicator {
    private static final Duration SHOWN_FOR = Duration.ofHours(1);
    private static final Duration APART = Duration.ofSeconds(30);

    private final ClockWatch watch;
    private final Database database;
    private final Upkeep upkeep;

    ClockHealth(ClockWatch watch, Database database, Upkeep upkeep) {
        this.watch = watch;
        this.database = database;
        this.upkeep = upkeep;
    }

    @Override
    public Health health() {
        Optional<ClockWatch.Jump> jump = watch.look();
        boolean lately = jump.isPresent() && watch.since(jump.get()).compareTo(SHOWN_FOR) < 0;
        Duration ahead = database.clockAhead();
        boolean apart = ahead.abs().compareTo(APART) > 0;
        Optional<String> doubt = upkeep.doubt();
        Health.Builder health =
                lately || apart || doubt.isPresent() ? Health.status(SourcesHealth.DEGRADED) : Health.up();
        jump.ifPresent(seen -> health.withDetail("jumped", seen.words()));
        if (!database.isEmbedded()) {
            health.withDetail("aheadOfDatabaseMillis", ahead.toMillis());
        }
        doubt.ifPresent(why -> health.withDetail("retention", "removed nothing: " + why));
        return health.build();
    }
}
