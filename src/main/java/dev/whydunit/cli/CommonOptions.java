package dev.whydunit.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
            paramLabel = "ENV",
            description = "Environment of the configuration (default: default).")
    private Optional<String> environment = Optional.empty();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Ask this server and not the journal of this machine (default: WHYDUNIT_SERVER).")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "REFERENCE",
            description = "Where the server's token is: env:NAME or file:PATH (default: env:WHYDUNIT_TOKEN).")
    private Optional<String> token = Optional.empty();

    /** These with another configuration. */
    CommonOptions withConfig(Path file) {
        CommonOptions options = copy();
        options.config = Optional.of(file);
        return options;
    }

    /** These with another environment of the configuration. */
    CommonOptions withEnvironment(String name) {
        CommonOptions options = copy();
        options.environment = Optional.of(name);
        return options;
    }

    /** These as environment variables, which count where a command inside a shell says nothing else. */
    Map<String, String> over(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        config.ifPresent(file -> variables.put("WHYDUNIT_CONFIG", file.toString()));
        state.ifPresent(folder -> variables.put("WHYDUNIT_STATE", folder.toString()));
        this.environment.ifPresent(name -> variables.put("WHYDUNIT_ENV", name));
        server.ifPresent(url -> variables.put("WHYDUNIT_SERVER", url));
        token.ifPresent(reference -> variables.put("WHYDUNIT_TOKEN_FROM", reference));
        return variables;
    }

    private CommonOptions copy() {
        CommonOptions options = new CommonOptions();
        options.config = config;
        options.state = state;
        options.environment = environment;
        options.server = server;
        options.token = token;
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

    Optional<String> server() {
        return server;
    }

    Optional<String> token() {
        return token;
    }
}
