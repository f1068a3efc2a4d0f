package dev.whydunit.step.hostcommand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runbook slow_host on the machine of the test. */
@Tag("alone")
class SlowHostRunbookIT {
    /** What some machines cannot tell. */
    private static final Set<String> OPTIONAL = Set.of(
            "accept_queues",
            "look_back",
            "synchronised",
            "heat",
            "kernel_log",
            "cpu_pressure",
            "memory_pressure",
            "io_pressure");

    @TempDir
    Path folder;

    private final HostCommandKind kind = new HostCommandKind();

    @Test
    void everyStepThatThisMachineCanAnswerIsAnswered() {
        RunbookRun run = RunbookRun.of(RunbookRun.read("slow_host.yaml", kind), kind, Map.of(), folder);

        List<Event.StepEnded> ended = run.all(Event.StepEnded.class);
        assertThat(ended)
                .filteredOn(step -> !OPTIONAL.contains(step.step()))
                .allSatisfy(step -> assertThat(step.status())
                        .as(step.step() + ": " + step.error())
                        .isEqualTo(StepStatus.ENDED));
        assertThat(run.all(Event.FindingRead.class))
                .filteredOn(read -> read.outcome().equals("unknown") && !OPTIONAL.contains(read.step()))
                .extracting(read -> read.step() + "." + read.finding())
                .isSubsetOf("sockets.tracking_full", "clock.slow_source");
    }

    @Test
    void hostileInputsStayNames() {
        for (String hostile : List.of(
                "$(touch canary)",
                "`touch canary`",
                "x; touch canary",
                "\"; touch canary; \"",
                "'; touch canary; '",
                "x\ntouch canary",
                "--help",
                "-s touch canary",
                "x | touch canary",
                "${IFS}touch${IFS}canary",
                "\u202ex＄(touch canary)")) {
            RunbookRun.of(RunbookRun.read("slow_host.yaml", kind), kind, Map.of("dns_name", hostile), folder);
        }

        assertThat(Files.exists(folder.resolve("canary"))).isFalse();
    }
}
