package dev.whydunit.cli;

import picocli.CommandLine.Option;

/** {@code -o}. */
final class OutputOption {
    /** How a summary is printed. */
    enum Format {
        TEXT,
        JSON,
        MD,
        HTML
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, md or html (default: text).")
    private Format format = Format.TEXT;

    Format format() {
        return format;
    }
}
