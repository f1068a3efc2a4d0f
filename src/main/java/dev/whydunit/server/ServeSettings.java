package dev.whydunit.server;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.StepKind;
import dev.whydunit.source.SourceKind;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server is started with.
 *
 * @param state the state directory
 * @param address where it listens
 * @param port 0 for any that is free
 * @param adminToken a token that the operator chose for the first administrator
 * @param kinds the step kinds, under the configuration's policy
 * @param console where the few lines for the operator go
 */
public record ServeSettings(
        Configuration configuration,
        Path state,
        InetAddress address,
        int port,
        Optional<String> adminToken,
        List<StepKind<?>> kinds,
        List<SourceKind<?>> sourceKinds,
        PrintStream console) {
    /** Keeps its own copies. */
    public ServeSettings {
        kinds = List.copyOf(kinds);
        sourceKinds = List.copyOf(sourceKinds);
    }
}
