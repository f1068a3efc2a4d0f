package dev.whydunit.app;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.StepKind;
import dev.whydunit.source.SourceKind;
import java.util.List;

/** The registered kinds, for tests in other packages. */
public final class StepKindsForTests {
    private StepKindsForTests() {}

    public static List<StepKind<?>> stepKinds(Configuration configuration) {
        return Registry.stepKinds(configuration);
    }

    public static List<SourceKind<?>> sourceKinds() {
        return Registry.sourceKinds();
    }
}
