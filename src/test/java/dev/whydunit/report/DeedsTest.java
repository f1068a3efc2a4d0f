package dev.whydunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeedsTest {
    private static final Instant AT = Instant.parse("2026-11-30T02:13:00Z");

    private static Event approval(boolean granted) {
        return new Event.Approval(AT, "free", "restart", granted, "ann");
    }

    private static Event started(String target, int attempt) {
        return new Event.StepStarted(AT, "free", Optional.of(target), "remedy", "restart", attempt);
    }

    private static Event ended(String target, long exitCode) {
        return new Event.StepEnded(
                AT,
                "free",
                Optional.of(target),
                StepStatus.ENDED,
                1,
                "restart",
                Map.of("exitCode", exitCode, "undo", "start"),
                true,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> fold(Event... events) {
        Deeds deeds = new Deeds();
        List.of(events).forEach(deeds::take);
        return deeds.actions().stream()
                .map(action -> action.target().orElse("-") + " " + action.status()
                        + action.exitCode().map(code -> " " + code).orElse(""))
                .toList();
    }

    @Test
    void whatWasDeniedWasNotDone() {
        assertThat(fold(approval(false))).isEmpty();
    }

    @Test
    void eachTargetAndEachAttemptIsADeedOfItsOwn() {
        assertThat(fold(
                        approval(true),
                        started("web1", 1),
                        approval(true),
                        started("web2", 1),
                        approval(true),
                        started("web1", 2),
                        ended("web2", 0),
                        ended("web1", 3)))
                .containsExactly("web1 failed", "web2 ended 0", "web1 ended 3");
    }

    @Test
    void leaveThatWasNotMadeUseOfBeforeACrashIsNoDeed() {
        assertThat(fold(
                        approval(true),
                        new Event.Resumed(AT, List.of("free"), List.of()),
                        approval(true),
                        started("web1", 1),
                        ended("web1", 0)))
                .containsExactly("web1 ended 0");
    }

    @Test
    void ofOneThatWasCutOffNobodyKnowsHowFarItCame() {
        assertThat(fold(approval(true), started("web1", 1), new Event.Resumed(AT, List.of(), List.of("free"))))
                .containsExactly("web1 cut_off");
    }
}
