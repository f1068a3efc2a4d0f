package dev.whydunit.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What most commands understand. */
final class CommonOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: whydunit.yaml, walking up).")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the journal is (default: the XDG state directory).")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME",
            description = "Environment of the configuration (default: default).")
    private Optional<String> environment = Optional.empty();

    /** These with another configuration. */
    CommonOptions withConfig(Path file) {
        CommonOptions options = new CommonOptions();
        options.config = Optional.of(file);
        options.state = state;
        options.environment = environment;
        return options;
    }

    Optional<Path> config() {
        return config;
    }

    Optional<Path> state() {
        return state;
    }

    Optional<String> environment() {
        return environment;
    }
}
