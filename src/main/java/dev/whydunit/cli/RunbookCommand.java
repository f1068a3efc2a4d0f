package dev.whydunit.cli;

import dev.whydunit.authoring.RunbookSchema;
import dev.whydunit.config.Configuration;
import dev.whydunit.report.PlainText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit runbook …}: write and check runbooks. */
@Command(
        mixinStandardHelpOptions = true,
        name = "runbook",
        description = "List, show and check runbooks.",
        footer = {"", "Example: whydunit runbook lint runbooks"})
final class RunbookCommand extends CommandGroup {
    RunbookCommand(Application application) {
        super(application);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "The runbooks that can be run by name.",
            footer = {"", "Example: whydunit runbook list -o json"})
    int list(@Mixin CommonOptions options, @Mixin ScreenOption output) {
        Optional<Configuration> configuration = application().configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Map<String, String> ids = new Library(application(), configuration.get()).ids();
        StringBuilder text = new StringBuilder();
        ids.forEach((id, place) -> text.append(String.format(Locale.ROOT, "%-24s  %s%n", id, place)));
        Screens.print(
                application(),
                output.json()
                        ? JsonText.of(Map.of(
                                "runbooks",
                                ids.entrySet().stream()
                                        .map(one -> Map.of("id", one.getKey(), "place", one.getValue()))
                                        .toList()))
                        : PlainText.forTerminal(text.toString()));
        return ExitCode.DONE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "show",
            description = "What a runbook suspects, and how it looks.",
            footer = {"", "Example: whydunit runbook show slow_host"})
    int show(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "RUNBOOK", description = "A file or an id.") String name,
            @Mixin ScreenOption output) {
        Optional<Configuration> configuration = application().configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<Library.Found> found = new Library(application(), configuration.get()).find(name);
        found.ifPresent(one -> Screens.print(
                application(),
                output.json()
                        ? RunbookJson.of(one.runbook())
                        : RunbookText.of(one.runbook(), application().console())));
        return found.isPresent() ? ExitCode.DONE : ExitCode.USAGE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "schema",
            description = "The JSON Schema of runbooks, for editors.",
            footer = {"", "Example: whydunit runbook schema > runbook-v1.json"})
    int schema() {
        application().console().out().println(RunbookSchema.json(application().signatures()));
        application().console().out().flush();
        return ExitCode.DONE;
    }
}
