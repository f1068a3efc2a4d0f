package dev.whydunit.config;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.YamlReader;
import dev.whydunit.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code whydunit.yaml} says, for one environment.
 *
 * @param file where it was read; empty when there is none
 * @param directory what relative paths in it start at: the file's folder
 * @param environmentName such as {@code default}
 * @param services the catalogue as plain data, as expressions read it
 * @param hosts by name
 * @param receivers of webhooks, as written
 * @param database empty for the embedded one
 * @param runbooks folders and files that hold runbooks, absolute
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
        Optional<DatabaseSettings> database,
        List<Path> runbooks,
        CommandPolicy commands,
        SourceEnvironment environment) {

    /** Keeps its own copies of the collections. */
    public Configuration {
        sources = Map.copyOf(sources);
        services = Map.copyOf(services);
        hosts = Map.copyOf(hosts);
        receivers = Map.copyOf(receivers);
        runbooks = List.copyOf(runbooks);
    }

    /** What holds where there is no file: no sources, runbooks in {@code runbooks} if there is such a folder. */
    public static Configuration empty(Path directory) {
        return new Configuration(
                Optional.empty(),
                directory,
                "default",
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(directory.resolve("runbooks")),
                CommandPolicy.OPEN,
                new FileEnvironment(directory, Map.of()));
    }

    /**
     * The configuration file that counts: the one asked for, else {@code WHYDUNIT_CONFIG}, else {@code whydunit.yaml} in the folder
     * or the nearest folder above it.
     */
    public static Optional<Path> find(Optional<Path> asked, Map<String, String> variables, Path directory) {
        if (asked.isPresent()) {
            return asked.map(directory::resolve);
        }
        String named = variables.getOrDefault("WHYDUNIT_CONFIG", "");
        if (!named.isEmpty()) {
            return Optional.of(directory.resolve(named));
        }
        for (Path folder = directory.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("whydunit.yaml");
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
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
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            return new Loaded(
                    Optional.empty(),
                    List.of(new Problem(
                            "E604",
                            Position.start(file.toString()),
                            1,
                            "the configuration cannot be read: " + e.getMessage(),
                            "check --config and WHYDUNIT_CONFIG")));
        }
        YamlReader.Read read = YamlReader.read(file.toString(), text);
        return read.root().isEmpty()
                ? new Loaded(Optional.empty(), read.problems())
                : new ConfigurationReader(file, environmentName, kinds, variables).read(read.root().get());
    }

    /** The folder that a file is in. */
    static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
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
