package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit investigation resume}: goes on where a process died. */
@Command(
        mixinStandardHelpOptions = true,
        name = "resume",
        description = "Go on here with an investigation that was cut off, or that waits.",
        footer = {
            "",
            "Steps that ended are not run again; a reading step that was cut off is, a writing one is left to you.",
            "Should another process still be at it, this one takes it over: what the other sees from then on is kept as late.",
            "",
            "Example: whydunit investigation resume latest"
        })
final class ResumeCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "ID", defaultValue = ChosenInvestigation.CURRENT, description = ChosenInvestigation.ID)
    private String id = ChosenInvestigation.CURRENT;

    @Option(names = "--detailed-exitcode", description = "Tell the verdict by the exit code.")
    private boolean detailedExitCode;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ResumeCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws SQLException {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        try (Database database = LocalDatabase.open(configuration.get(), application.stateDirectory(options))) {
            Optional<String> whole = ChosenInvestigation.resolve(application, new JournalStore(database), id);
            if (whole.isEmpty()) {
                return ExitCode.FAILED;
            }
            Optional<Application.Carried> ended =
                    new Resumption(application, options, configuration.get(), database).run(whole.get());
            if (ended.isEmpty()) {
                return ExitCode.FAILED;
            }
            application.print(ended.get().summary(), output.format());
            return Application.exitCode(ended.get().ending(), ended.get().summary(), detailedExitCode);
        } catch (JournalFailure e) {
            application.fail(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }
}
