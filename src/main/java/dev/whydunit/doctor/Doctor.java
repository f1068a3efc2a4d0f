package dev.whydunit.doctor;

import dev.whydunit.config.Configuration;
import dev.whydunit.source.SourceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at a machine and a configuration. Nothing is changed by it, and no secret is said. */
public final class Doctor {
    private final Configuration configuration;
    private final List<SourceKind<?>> kinds;
    private final Path state;

    /** @param state the state directory */
    public Doctor(Configuration configuration, List<SourceKind<?>> kinds, Path state) {
        this.configuration = configuration;
        this.kinds = List.copyOf(kinds);
        this.state = state;
    }

    /** All checks, in an order in which what is first explains what is later. Asks sources and the database: seconds at worst. */
    public List<Check> examine() throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        checks.addAll(MachineChecks.of(state));
        checks.addAll(DatabaseChecks.of(configuration, state));
        checks.addAll(SecretChecks.of(configuration));
        checks.addAll(SourceChecks.of(configuration, kinds));
        checks.addAll(DoorChecks.of(configuration));
        checks.addAll(ChannelChecks.of(configuration));
        checks.addAll(PolicyChecks.of(configuration));
        return List.copyOf(checks);
    }
}
