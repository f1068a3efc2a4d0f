package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.StepKind;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.simulation.Simulated;
import dev.whydunit.simulation.SimulatedText;
import dev.whydunit.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private Simulated simulated;
    private Runbook runbook;

    @BeforeEach
    void simulate() throws IOException {
        RunbookParser parser = new RunbookParser(Registry.stepKinds(Configuration.empty(Path.of("."))).stream()
                .map(StepKind::signature)
                .toList());
        Path file = Path.of("runbooks/web_slowdown.yaml");
        runbook =
                parser.parse(file.toString(), Files.readString(file)).runbook().orElseThrow();
        simulated = new Simulation(runbook).run(7, 40);
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        assertThat(new Simulation(runbook).run(7, 40)).isEqualTo(simulated);
        assertThat(new Simulation(runbook).run(8, 40)).isNotEqualTo(simulated);
    }

    @Test
    void everyCauseEndsInSomeVerdictAndTakesTime() {
        assertThat(simulated.causes()).hasSize(9).allSatisfy(cause -> {
            assertThat(cause.verdicts().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(cause.seconds()).isPositive();
            assertThat(cause.steps()).isBetween(1.0, (double) runbook.steps().size());
        });
        assertThat(simulated.causes().stream()
                        .mapToDouble(Simulated.Cause::prior)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void aCauseIsFoundMoreOftenThanAnotherIsNamedForIt() {
        assertThat(simulated.causes())
                .filteredOn(cause -> cause.path().equals("overload"))
                .singleElement()
                .satisfies(cause -> assertThat(cause.found()).isGreaterThan(0.7));
    }

    @Test
    void theTablesFitOnATerminal() {
        assertThat(SimulatedText.text(simulated).lines()).allMatch(line -> line.length() <= 80);
        assertThat(SimulatedText.json(simulated).path("causes")).hasSize(9);
    }
}
