package dev.whydunit.cli;

import picocli.CommandLine.Option;

/** {@code --of}: which investigation. */
final class OfOption {
    @Option(
            names = "--of",
            paramLabel = "ID",
            defaultValue = ChosenInvestigation.CURRENT,
            description = ChosenInvestigation.ID)
    private String id = ChosenInvestigation.CURRENT;

    String id() {
        return id;
    }
}
