package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.config.SourceDefinition;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.yaml.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceGuardsTest {
    /** Its parameters do not matter. */
    private record Settings() {}

    private static final SourceDefinition LOGS = source("logs", Optional.empty());
    private static final Duration LONG = Duration.ofSeconds(20);

    private Instant now = Instant.parse("2026-03-04T05:06:07Z");
    private final SourceGuards guards = new SourceGuards(() -> now);

    private static SourceDefinition source(String name, Optional<Integer> perSecond) {
        return new SourceDefinition(name, "elasticsearch", new Settings(), 16, perSecond, Position.start("x.yaml"));
    }

    private void fails(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            guards.enter(LOGS, LONG).failed();
        }
    }

    @Test
    void whatFailedTenTimesInAMinuteIsNotAskedAndThatIsSaid() throws Exception {
        fails(9);
        assertThat(guards.shut("logs")).isEmpty();
        fails(1);
        assertThatThrownBy(() -> guards.enter(LOGS, LONG))
                .isInstanceOf(SourceUnavailable.class)
                .hasMessage("source logs: not asked, it failed 10 times in the last minute;"
                        + " tried again at 2026-03-04T05:06:37Z");
        assertThat(guards.shut("logs")).isPresent();
        guards.enter(source("other", Optional.empty()), LONG).answered();
    }

    @Test
    void failuresThatAreFarApartShutNothing() throws Exception {
        for (int i = 0; i < 30; i++) {
            fails(1);
            now = now.plusSeconds(10);
        }
        assertThat(guards.shut("logs")).isEmpty();
    }

    @Test
    void whatMostlyAnswersIsAsked() throws Exception {
        for (int i = 0; i < 40; i++) {
            guards.enter(LOGS, LONG).answered();
        }
        fails(20);
        assertThat(guards.shut("logs")).isEmpty();
    }

    @Test
    void afterAWhileOneStepTriesAndTheOthersWait() throws Exception {
        fails(10);
        now = now.plus(SourceGuards.PAUSE).plusSeconds(1);
        assertThat(guards.shut("logs")).as("the next step may").isEmpty();
        SourceGuards.Leave trial = guards.enter(LOGS, LONG);
        assertThatThrownBy(() -> guards.enter(LOGS, LONG)).hasMessageContaining("is tried again just now");
        trial.answered();
        guards.enter(LOGS, LONG).answered();
        assertThat(guards.shut("logs")).isEmpty();
    }

    @Test
    void aTrialThatFailsShutsItAgain() throws Exception {
        fails(10);
        now = now.plus(SourceGuards.PAUSE).plusSeconds(1);
        guards.enter(LOGS, LONG).failed();
        assertThatThrownBy(() -> guards.enter(LOGS, LONG))
                .hasMessage("source logs: not asked, it failed again when it was tried;"
                        + " tried again at 2026-03-04T05:07:08Z");
    }

    @Test
    void aTrialThatWasNeverMadeLeavesTheNextToTry() throws Exception {
        fails(10);
        now = now.plus(SourceGuards.PAUSE).plusSeconds(1);
        guards.enter(LOGS, LONG).unused();
        guards.enter(LOGS, LONG).answered();
        assertThat(guards.shut("logs")).isEmpty();
    }

    @Test
    void onlyTheFirstEndOfALeaveCounts() throws Exception {
        for (int i = 0; i < 20; i++) {
            SourceGuards.Leave leave = guards.enter(LOGS, LONG);
            leave.answered();
            leave.failed();
        }
        assertThat(guards.shut("logs")).isEmpty();
    }

    @Test
    void whatMayBeAskedOnceASecondIsNotAskedByWhoeverCannotWait() throws Exception {
        SourceDefinition slow = source("slow", Optional.of(1));
        guards.enter(slow, LONG).answered();
        assertThatThrownBy(() -> {
                    // However the seconds turn, one of these comes too early.
                    for (int i = 0; i < 10_000; i++) {
                        guards.enter(slow, Duration.ZERO).answered();
                    }
                })
                .isInstanceOf(SourceUnavailable.class)
                .hasMessageContaining("source slow: not asked, since it may be asked 1 times a second");
    }
}
