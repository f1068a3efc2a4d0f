package dev.whydunit.server;

import dev.whydunit.config.Configuration;
import dev.whydunit.running.CurrentMask;
import dev.whydunit.running.OpenSources;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Each configured source, and whether it can be read. One that cannot makes the server degraded, and not ready only when the configuration
 * requires it: investigations say themselves what they could not check.
 */
final class SourcesHealth implements HealthIndicator {
    /** Works, and somebody should look. */
    static final String DEGRADED = "DEGRADED";

    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofSeconds(4);
    /** A probe that asks gives up after a second, as Kubernetes does. */
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final Configuration configuration;
    private final SourceGuards guards;
    private final CurrentMask mask;
    private final Map<String, Looked<Optional<String>>> sources = new LinkedHashMap<>();

    /**
     * @param guards know which sources steps leave alone
     * @param mask what a source says may hold what it was asked with
     */
    SourcesHealth(Configuration configuration, OpenSources open, SourceGuards guards, CurrentMask mask) {
        this.guards = guards;
        this.mask = mask;
        this.configuration = configuration;
        configuration
                .sources()
                .keySet()
                .forEach(name -> sources.put(
                        name,
                        new Looked<>(
                                "source " + name,
                                FRESH,
                                LIMIT,
                                () -> open.trouble(name, LIMIT),
                                e -> Optional.of(
                                        e instanceof TimeoutException
                                                ? "did not answer within " + LIMIT.toSeconds() + " s"
                                                : String.valueOf(e.getMessage())))));
    }

    @Override
    public Health health() {
        // All at once, then each for what is left of the time.
        sources.values().forEach(Looked::refresh);
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean degraded = false;
        boolean down = false;
        Map<String, Object> shown = new LinkedHashMap<>();
        for (Map.Entry<String, Looked<Optional<String>>> source : sources.entrySet()) {
            String name = source.getKey();
            boolean required = configuration.requiredSources().contains(name);
            Optional<Optional<String>> seen =
                    source.getValue().now(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("kind", kind(name));
            line.put("status", seen.isEmpty() ? "UNKNOWN" : seen.get().isEmpty() ? "UP" : "DOWN");
            seen.flatMap(trouble -> trouble)
                    .ifPresent(why -> line.put("why", mask.get().text(why)));
            if (required) {
                line.put("required", true);
            }
            Optional<String> shut = guards.shut(name);
            shut.ifPresent(why -> line.put("steps", "do not ask it: " + why));
            shown.put(name, line);
            degraded |= shut.isPresent();
            boolean trouble = seen.isPresent() && seen.get().isPresent();
            degraded |= trouble;
            down |= trouble && required;
        }
        Health.Builder health = down ? Health.down() : degraded ? Health.status(DEGRADED) : Health.up();
        return health.withDetails(shown).build();
    }

    private String kind(String name) {
        return Optional.ofNullable(configuration.sources().get(name))
                .map(definition -> definition.kind())
                .orElse("");
    }
}
