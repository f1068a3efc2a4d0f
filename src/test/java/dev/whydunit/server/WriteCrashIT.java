package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.engine.Event;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An investigation whose steps change something is killed at random moments, again and again, and gone on with: no such step is done
 * twice, one that was cut off is left to a person, and belief comes out as undisturbed. {@code -Dwhydunit.crashes=100} for more.
 */
class WriteCrashIT {
    private static final int CRASHES = Integer.getInteger("whydunit.crashes", 6);
    private static final String RUNBOOK = """
            runbook: writes
            title: Steps that change something
            symptom: odd
            hypotheses:
              one_thing: {claim: One thing, remedy: Look.}
              another: {claim: Another}
            steps:
              look: {host_command: {script: 'sleep 0.05; echo one'}, findings: {said: {when: 'stdout.contains("one")', supports: {one_thing: conclusive}}}}
              fix: {remedy: {for: one_thing, script: 'echo fix >>"$done"; sleep 0.1', env: {done: '%1$s'}}}
              restart: {effect: write, always: true, needs: [look], host_command: {script: 'echo restart >>"$done"; sleep 0.1', env: {done: '%1$s'}}}
              look_again: {needs: [restart], always: true, host_command: {script: 'sleep 0.05; echo two'}, findings: {said: {when: 'stdout.contains("two")', supports: {one_thing: weak}}}}
              flush: {effect: write, always: true, needs: [look_again], host_command: {script: 'echo flush >>"$done"; sleep 0.1', env: {done: '%1$s'}}}
              last: {needs: [flush], always: true, host_command: {script: 'sleep 0.05; echo three'}, findings: {said: {when: 'stdout.contains("three")', refutes: {another: weak}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void noStepThatChangesSomethingIsDoneTwice() throws Exception {
        Random random = new Random(11);
        int crashes = 0;
        int left = 0;
        Map<String, Double> undisturbed = investigate("undisturbed", -1, random).belief();
        for (int number = 1; crashes < CRASHES; number++) {
            Outcome outcome = investigate("i" + number, 3, random);
            crashes += outcome.crashes();
            left += outcome.left().size();
            for (String step : List.of("restart", "flush", "fix")) {
                long times = outcome.done().stream().filter(step::equals).count();
                assertThat(times).as(step + " of i" + number).isLessThanOrEqualTo(1);
                if (!outcome.left().contains(step)) {
                    assertThat(times).as(step + " of i" + number).isEqualTo(1);
                }
            }
            undisturbed.forEach((cause, probability) ->
                    assertThat(outcome.belief().get(cause)).as(cause).isCloseTo(probability, within(1e-12)));
        }
        System.out.printf("%d crashes among write steps: none done twice, %d left to a person%n", crashes, left);
    }

    private record Outcome(int crashes, List<String> done, List<String> left, Map<String, Double> belief) {}

    private Outcome investigate(String id, int mostCrashes, Random random) throws Exception {
        Path done = folder.resolve(id + ".done");
        Path runbook = Files.writeString(folder.resolve(id + ".yaml"), RUNBOOK.formatted(done));
        int crashes = 0;
        boolean ended = false;
        while (!ended) {
            int killAfter = crashes < mostCrashes ? random.nextInt(900) : -1;
            ended = life(id, runbook, killAfter);
            crashes += ended ? 0 : 1;
            assertThat(crashes).isLessThan(20);
        }
        try (JournalStore store = JournalStore.open(folder.resolve("state"))) {
            StoredEvents stored = store.events(id);
            assertThat(stored.intact()).isTrue();
            return new Outcome(
                    crashes,
                    Files.exists(done) ? Files.readAllLines(done) : List.of(),
                    stored.events().stream()
                            .filter(Event.Resumed.class::isInstance)
                            .flatMap(event -> ((Event.Resumed) event).left().stream())
                            .distinct()
                            .toList(),
                    stored.events().stream()
                            .filter(Event.BeliefMoved.class::isInstance)
                            .map(event -> ((Event.BeliefMoved) event).belief())
                            .toList()
                            .getLast());
        }
    }

    /** Whether it came to its end; killed so many milliseconds after it began, or not at all when that is negative. */
    private boolean life(String id, Path runbook, int killAfter) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriteCrash.class.getName(),
                        folder.resolve("state").toString(),
                        runbook.toString(),
                        id)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("running");
            if (killAfter >= 0 && !process.waitFor(killAfter, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            // Zero only when it was not killed.
            return process.waitFor() == 0;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
