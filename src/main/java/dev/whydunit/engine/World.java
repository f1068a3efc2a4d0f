package dev.whydunit.engine;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Everything that the engine needs from outside. All of it is thread-safe.
 *
 * @param kinds the registered step kinds
 * @param services the service catalogue as plain data by name, as expressions read it ({@code hosts}, {@code repository}, …)
 * @param baseDirectory what relative paths of runbooks and configuration start at
 * @param limits of an investigation
 * @param pace how it spends time
 * @param questions asks people
 * @param permissions what steps may do
 */
public record World(
        InstantSource clock,
        List<StepKind<?>> kinds,
        Sources sources,
        Hosts hosts,
        Map<String, Map<String, Object>> services,
        ArtifactStore artifacts,
        Approvals approvals,
        Path baseDirectory,
        Limits limits,
        Pace pace,
        Questions questions,
        Permissions permissions) {

    /** Keeps its own copies of the collections. */
    public World {
        kinds = List.copyOf(kinds);
        services = Map.copyOf(services);
    }

    /** A world of threads, of the time of the machine, and without a policy. */
    public World(
            InstantSource clock,
            List<StepKind<?>> kinds,
            Sources sources,
            Hosts hosts,
            Map<String, Map<String, Object>> services,
            ArtifactStore artifacts,
            Approvals approvals,
            Path baseDirectory,
            Limits limits) {
        this(clock, kinds, sources, hosts, services, artifacts, approvals, baseDirectory, limits, Pace.real());
    }

    /** A world without a policy, in which nobody can be asked anything. */
    public World(
            InstantSource clock,
            List<StepKind<?>> kinds,
            Sources sources,
            Hosts hosts,
            Map<String, Map<String, Object>> services,
            ArtifactStore artifacts,
            Approvals approvals,
            Path baseDirectory,
            Limits limits,
            Pace pace) {
        this(
                clock,
                kinds,
                sources,
                hosts,
                services,
                artifacts,
                approvals,
                baseDirectory,
                limits,
                pace,
                Questions.nobody(),
                Permissions.unrestricted());
    }
}
