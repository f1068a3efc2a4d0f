package dev.whydunit.server;

import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says whether writes are done, by doing one: without them nothing can be accepted, and whoever balances load should know. */
final class DatabaseHealth implements HealthIndicator {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final Database database;
    private final Looked<Optional<String>> commit;

    DatabaseHealth(Database database) {
        this.database = database;
        this.commit = new Looked<>(
                "the database",
                FRESH,
                LIMIT,
                () -> trouble(database),
                e -> Optional.of(
                        e instanceof TimeoutException
                                ? "a commit takes more than " + LIMIT.toSeconds() + " s"
                                : String.valueOf(e.getMessage())));
    }

    /** A row is written as it is. */
    private static Optional<String> trouble(Database database) throws InterruptedException, TimeoutException {
        try {
            database.commits()
                    .submit(connection ->
                            Statements.update(connection, "update held set times = times where name = 'intake'"))
                    .get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of(String.valueOf(cause.getMessage()));
        }
    }

    @Override
    public Health health() {
        Optional<String> trouble = database.commits().trouble();
        if (trouble.isEmpty()) {
            trouble = commit.now(PATIENCE).flatMap(seen -> seen);
        }
        return trouble.map(why -> Health.outOfService().withDetail("why", why))
                .orElseGet(Health::up)
                .withDetail("kind", database.isEmbedded() ? "SQLite" : "PostgreSQL")
                .withDetail("waiting", database.commits().waiting())
                .withDetail("clockAheadMillis", database.clockAhead().toMillis())
                .build();
    }
}
