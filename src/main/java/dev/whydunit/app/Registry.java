package dev.whydunit.app;

import dev.whydunit.engine.StepKind;
import dev.whydunit.source.SourceKind;
import java.util.List;

/** Every step kind and source kind: one line each. */
final class Registry {
    private Registry() {}

    static List<StepKind<?>> stepKinds() {
        return List.of();
    }

    static List<SourceKind<?>> sourceKinds() {
        return List.of();
    }
}
