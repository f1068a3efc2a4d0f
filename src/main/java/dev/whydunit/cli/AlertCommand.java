package dev.whydunit.cli;

import picocli.CommandLine.Command;

/** {@code whydunit alert …}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "alert",
        description = "Feed alerts by hand.",
        footer = {"", "Example: whydunit alert send alert.json"})
final class AlertCommand extends CommandGroup {
    AlertCommand(Application application) {
        super(application);
    }
}
