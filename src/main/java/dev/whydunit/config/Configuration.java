package dev.whydunit.config;

import dev.whydunit.notification.Notifications;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code whydunit.yaml} says, for one environment.
 *
 * @param file where it was read; empty when there is none
 * @param directory what relative paths in it start at: the file's folder
 * @param environmentName such as {@code default}
 * @param services the catalogue as plain data, as expressions read it
 * @param hosts by name
 * @param receivers of webhooks, as written
 * @param schedules runbooks that are run at set times, by name
 * @param database empty for the embedded one
 * @param retention how long and how much is kept
 * @param requiredSources the sources without which a server is not ready
 * @param runbooks folders and files that hold runbooks, absolute
 * @param policy what steps may do
 * @param operation how a server is operated
 * @param notifications who is told of what
 * @param environment secrets and paths, for sources
 */
public record Configuration(
        Optional<Path> file,
        Path directory,
        String environmentName,
        Map<String, SourceDefinition> sources,
        Map<String, Map<String, Object>> services,
        Map<String, HostDefinition> hosts,
        Map<String, YamlNode> receivers,
        Map<String, ScheduleDefinition> schedules,
        Optional<DatabaseSettings> database,
        RetentionSettings retention,
        Set<String> requiredSources,
        List<Path> runbooks,
        PolicySettings policy,
        OperationSettings operation,
        IncidentSettings incidents,
        Notifications notifications,
        SourceEnvironment environment) {

    private static final String FILE_NAME = "whydunit.yaml";

    /** Keeps its own copies of the collections, in the order of the file. */
    public Configuration {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
        receivers = Collections.unmodifiableMap(new LinkedHashMap<>(receivers));
        requiredSources = Set.copyOf(requiredSources);
        schedules = Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
        runbooks = List.copyOf(runbooks);
    }

    /** What holds where there is no file: no sources, runbooks in {@code runbooks} if there is such a folder. */
    public static Configuration empty(Path directory) {
        return empty(directory, Map.of());
    }

    /** As {@link #empty(Path)}, with environment variables for secrets. */
    public static Configuration empty(Path directory, Map<String, String> variables) {
        Path folder = directory.toAbsolutePath().normalize();
        return new Configuration(
                Optional.empty(),
                folder,
                ConfigurationReader.DEFAULT_ENVIRONMENT,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                RetentionSettings.DEFAULT,
                Set.of(),
                ConfigurationReader.defaultRunbooks(folder),
                PolicySettings.DEFAULT,
                OperationSettings.DEFAULT,
                IncidentSettings.DEFAULT,
                Notifications.NONE,
                new Secrets(folder, Map.copyOf(variables)));
    }

    /**
     * The configuration file that counts: the one asked for, else {@code WHYDUNIT_CONFIG}, else {@code whydunit.yaml} in the folder
     * or the nearest folder above it, else {@code whydunit/whydunit.yaml} under {@code XDG_CONFIG_HOME} (or {@code ~/.config}). The
     * first two are given back even when there is no such file, so that {@link #load} says so.
     */
    public static Optional<Path> find(Optional<Path> asked, Map<String, String> variables, Path directory) {
        if (asked.isPresent()) {
            return Optional.of(directory.resolve(asked.get()));
        }
        String named = variables.getOrDefault("WHYDUNIT_CONFIG", "");
        if (!named.isEmpty()) {
            return Optional.of(directory.resolve(named));
        }
        for (Path folder = directory.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(FILE_NAME))) {
                return Optional.of(folder.resolve(FILE_NAME));
            }
        }
        String home = variables.getOrDefault("HOME", "");
        String xdg = variables.getOrDefault("XDG_CONFIG_HOME", home.isEmpty() ? "" : home + "/.config");
        return Optional.of(xdg)
                .filter(path -> !path.isEmpty())
                .map(path -> Path.of(path, "whydunit", FILE_NAME))
                .filter(Files::isRegularFile);
    }

    /**
     * Reads and checks a file.
     *
     * @param environmentName the environment whose values lie over the common ones; {@code default} needs no entry
     * @param variables the process's environment variables, for secrets
     */
    public static Loaded load(
            Path file,
            String environmentName,
            Collection<? extends SourceKind<?>> kinds,
            Map<String, String> variables) {
        return new ConfigurationReader(file, environmentName, kinds, variables).load();
    }

    /**
     * A secret that is given by reference.
     *
     * @param reference {@code env:NAME} or {@code file:PATH}
     * @param directory what a relative path starts at
     * @throws IllegalArgumentException when there is none, with what to do
     */
    public static String secret(String reference, Path directory, Map<String, String> variables) {
        return new Secrets(directory, variables).secret(reference);
    }

    /**
     * What a file turned out to be.
     *
     * @param configuration present exactly when there is no problem
     */
    public record Loaded(Optional<Configuration> configuration, List<Problem> problems) {
        /** Keeps its own copy of the problems. */
        public Loaded {
            problems = List.copyOf(problems);
        }
    }
}
