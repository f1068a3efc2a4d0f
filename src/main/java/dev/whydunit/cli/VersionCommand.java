package dev.whydunit.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whydunit version}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "version",
        description = "Print the version.",
        footer = {"", "Example: whydunit version -o json"})
final class VersionCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ScreenOption output = new ScreenOption();

    VersionCommand(Console console) {
        this.console = console;
    }

    /** The version that the build wrote into the jar's manifest; {@code development} outside of a jar. */
    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The version in a line. */
    static String line() {
        return "whydunit " + version() + " (Java " + Runtime.version().feature() + ")";
    }

    @Override
    public Integer call() {
        if (output.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("version", version());
            json.put("java", Runtime.version().feature());
            console.out().print(JsonText.of(json));
        } else {
            console.out().println(line());
        }
        return ExitCode.DONE;
    }
}
