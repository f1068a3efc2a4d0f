package dev.whydunit.server;

import dev.whydunit.schema.Sizes;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the state directory is there, can be written to, and has room. */
final class DiskHealth implements HealthIndicator {
    /** Below this, somebody should make room. */
    private static final long LITTLE = 500_000_000L;

    /** Below this, what steps keep does not fit any more. */
    private static final long NOTHING = 16_000_000L;

    private final Path state;
    private final boolean needed;

    /** @param needed whether the database is there, too: then nothing can be accepted without it */
    DiskHealth(Path state, boolean needed) {
        this.state = state;
        this.needed = needed;
    }

    @Override
    public Health health() {
        try {
            if (!Files.isDirectory(state)) {
                return trouble("the state directory " + state + " is not there");
            }
            if (!Files.isWritable(state)) {
                return trouble("the state directory " + state + " cannot be written to");
            }
            FileStore store = Files.getFileStore(state);
            long free = store.getUsableSpace();
            Health.Builder health = free >= LITTLE
                    ? Health.up()
                    : free >= NOTHING || !needed ? Health.status(SourcesHealth.DEGRADED) : Health.down();
            return health.withDetail("free", Sizes.format(free))
                    .withDetail("total", Sizes.format(store.getTotalSpace()))
                    .build();
        } catch (IOException e) {
            return trouble("the state directory " + state + " cannot be looked at: " + e.getMessage());
        }
    }

    private Health trouble(String why) {
        return (needed ? Health.down() : Health.status(SourcesHealth.DEGRADED))
                .withDetail("why", why)
                .build();
    }
}
