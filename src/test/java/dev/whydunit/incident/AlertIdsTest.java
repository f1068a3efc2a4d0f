package dev.whydunit.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertIdsTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void eachSortsAfterTheOneBeforeHoweverTheClockIsSet() {
        AlertIds ids = new AlertIds();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            made.add(ids.next(NOON));
        }
        made.add(ids.next(NOON.plus(Duration.ofDays(3650))));
        made.add(ids.next(NOON));
        made.add(ids.next(NOON.minus(Duration.ofDays(3650))));
        AlertIds restarted = new AlertIds();
        restarted.after(made.getLast());
        made.add(restarted.next(NOON));

        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{29}"));
    }

    @Test
    void theyGoOnAfterThoseOfOlderVersions() {
        AlertIds ids = new AlertIds();
        String old = "%013x".formatted(NOON.toEpochMilli()) + "fffffffffffffff0";
        ids.after(old);
        assertThat(ids.next(NOON)).isGreaterThan(old);
        ids.after("");
        assertThat(ids.next(NOON)).startsWith("%013x0000".formatted(NOON.toEpochMilli()));
    }
}
