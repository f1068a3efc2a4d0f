package dev.whydunit.server;

import dev.whydunit.store.Database;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says whether writes are done: without them nothing can be accepted, and whoever balances load should know. */
final class DatabaseHealth implements HealthIndicator {
    private final Database database;

    DatabaseHealth(Database database) {
        this.database = database;
    }

    @Override
    public Health health() {
        Optional<String> trouble = database.commits().trouble();
        return (trouble.isPresent() ? Health.outOfService().withDetail("why", trouble.get()) : Health.up())
                .withDetail("waiting", database.commits().waiting())
                .withDetail("clockAheadMillis", database.clockAhead().toMillis())
                .build();
    }
}
