package dev.whydunit.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit redo}: looks again. */
@Command(
        mixinStandardHelpOptions = true,
        name = "redo",
        description = "Look again at steps of an investigation that has ended; what was seen of them counts no more.",
        footer = {"", "Example: whydunit redo wire"})
final class RedoCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "STEP", arity = "1..*", description = "Ids of steps.")
    private List<String> steps = List.of();

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    RedoCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return new Acts(application, common).redo(of.id(), steps, output.format());
    }
}
