package dev.whydunit.cli;

import dev.whydunit.demo.DemoFault;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whydunit demo}: a real shop, a real fault, its alert, its diagnosis. */
@Command(
        mixinStandardHelpOptions = true,
        name = "demo",
        description = "A real slow web application, its alert, its diagnosis. Needs nothing installed.",
        footer = {
            "",
            "Everything that it starts is ended. Under a minute.",
            "",
            "Example: whydunit demo --fault lock_wait"
        })
final class DemoCommand implements Callable<Integer> {
    private final Application application;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            defaultValue = "slow_query",
            description = "slow_query, lock_wait, pool_exhausted, cpu_hog, error_burst or none (default: slow_query).")
    private String fault = "slow_query";

    @Mixin
    private RecordOptions record = new RecordOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    DemoCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws Exception {
        Optional<DemoFault> chosen = DemoFault.of(fault);
        if (chosen.isEmpty()) {
            application.fail("there is no fault " + fault + "; choose one of "
                    + Arrays.stream(DemoFault.values()).map(DemoFault::key).collect(Collectors.joining(", ")));
            return ExitCode.USAGE;
        }
        return new DemoRun(application, common, output.format(), record.file(application.directory())).of(chosen.get());
    }
}
