package dev.whydunit.app;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.StepKind;
import dev.whydunit.replay.CaseRunner;
import dev.whydunit.replay.Replay;
import dev.whydunit.runbook.RunbookParser;
import java.nio.file.Path;
import java.util.List;

/** The runbooks that come with the program, and what runs their cases. */
final class ShippedCases {
    static final Path FOLDER = Path.of("runbooks").toAbsolutePath();

    private ShippedCases() {}

    static CaseRunner runner() {
        Configuration configuration = Configuration.empty(FOLDER);
        List<StepKind<?>> kinds = Registry.stepKinds(configuration);
        return new CaseRunner(
                new RunbookParser(kinds.stream()
                        .<dev.whydunit.runbook.KindSignature>map(StepKind::signature)
                        .toList()),
                new Replay(kinds),
                FOLDER,
                2);
    }
}
