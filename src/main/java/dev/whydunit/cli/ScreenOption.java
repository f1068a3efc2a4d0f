package dev.whydunit.cli;

import picocli.CommandLine.Option;

/** {@code -o} of a screen. */
final class ScreenOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Screens.Format format = Screens.Format.TEXT;

    boolean json() {
        return format == Screens.Format.JSON;
    }
}
