package dev.whydunit.config;

import dev.whydunit.config.ConfigurationDocument.HostDocument;
import dev.whydunit.notification.NotificationReader;
import dev.whydunit.schema.Spelling;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.PlainValues;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and checks a configuration file for one environment. */
final class ConfigurationReader {
    static final String DEFAULT_ENVIRONMENT = "default";
    private static final String DEFAULT_RUNBOOKS = "runbooks";
    private static final String AT_ONCE = "max_at_once";
    private static final String PER_SECOND = "max_per_second";

    private final Path file;
    private final String environment;
    private final Map<String, SourceKind<?>> kinds = new LinkedHashMap<>();
    private final Secrets secrets;
    private final Problems problems = new Problems();

    ConfigurationReader(
            Path file, String environment, Collection<? extends SourceKind<?>> kinds, Map<String, String> variables) {
        this.file = file.toAbsolutePath().normalize();
        this.environment = environment;
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
        this.secrets = new Secrets(folder(this.file), Map.copyOf(variables));
    }

    static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? file.toAbsolutePath().getRoot() : parent;
    }

    Configuration.Loaded load() {
        try {
            YamlReader.Read read = YamlReader.read(file.toString(), Files.readString(file));
            read.problems().forEach(problems::add);
            Optional<Configuration> configuration = read.root().map(this::configuration);
            return new Configuration.Loaded(problems.isEmpty() ? configuration : Optional.empty(), withoutSecrets());
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read: " + e.getMessage() : "does not exist";
            return new Configuration.Loaded(
                    Optional.empty(),
                    List.of(new Problem(
                            "E601", Position.start(file.toString()), 1, "the configuration file " + why, "")));
        }
    }

    /** Other problems of a line on which a secret is written out are left for the next time: they would be shown with that line. */
    private List<Problem> withoutSecrets() {
        List<Problem> all = problems.sorted();
        Set<Integer> lines = all.stream()
                .filter(Secrets::isWrittenOut)
                .map(problem -> problem.position().line())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(problem -> Secrets.isWrittenOut(problem)
                        || !lines.contains(problem.position().line()))
                .toList();
    }

    private Configuration configuration(YamlNode root) {
        YamlNode merged = root instanceof YamlNode.Mapping mapping ? withEnvironment(mapping) : root;
        ConfigurationDocument document = new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(merged, ConfigurationDocument.class, "a configuration", root)
                .orElseGet(ConfigurationReader::nothing);
        Secrets.check(root, problems);
        Map<String, HostDefinition> hosts = new LinkedHashMap<>();
        for (Keyed<HostDocument> host : document.hosts()) {
            hosts.put(
                    host.name(),
                    new HostDefinition(
                            host.name(),
                            host.value().address().orElse(host.name()),
                            host.value().ssh(),
                            host.key().position()));
        }
        Map<String, YamlNode> receivers = new LinkedHashMap<>();
        document.receivers().forEach(receiver -> receivers.put(receiver.name(), receiver.value()));
        Map<String, SourceDefinition> sources = sources(document.sources());
        return new Configuration(
                Optional.of(file),
                secrets.directory(),
                environment,
                sources,
                services(document),
                hosts,
                receivers,
                new ScheduleReader(problems, environment).read(document.schedules()),
                document.database(),
                document.retention().orElse(RetentionSettings.DEFAULT),
                requiredSources(document, sources.keySet()),
                runbooks(document),
                document.policy()
                        .map(new PolicyReader(problems, sources.keySet())::read)
                        .orElse(PolicySettings.DEFAULT),
                new OperationSettings(
                        document.tls(),
                        document.logging().orElse(LoggingSettings.DEFAULT),
                        document.tracing(),
                        document.outbound().orElse(OutboundSettings.DEFAULT)),
                document.incidents().orElse(IncidentSettings.DEFAULT),
                new NotificationReader(problems).read(document.publicUrl(), document.notifications()),
                secrets);
    }

    private static ConfigurationDocument nothing() {
        return new ConfigurationDocument(
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Set<String> requiredSources(ConfigurationDocument document, Set<String> known) {
        Set<String> required = new LinkedHashSet<>();
        document.health()
                .flatMap(HealthSettings::requiredSources)
                .ifPresent(names -> names.items().forEach(name -> {
                    if (!known.contains(name.text())) {
                        problems.add(
                                "E603",
                                name,
                                "there is no source '" + name.text() + "'",
                                Spelling.didYouMeanOr(name.text(), known, "sources"));
                    }
                    required.add(name.text());
                }));
        return required;
    }

    private YamlNode.Mapping withEnvironment(YamlNode.Mapping root) {
        Optional<YamlNode.Mapping> environments = root.get("environments")
                .filter(YamlNode.Mapping.class::isInstance)
                .map(YamlNode.Mapping.class::cast);
        Optional<YamlNode.Entry> chosen = environments.flatMap(all -> all.entry(environment));
        if (chosen.isPresent() && chosen.get().value() instanceof YamlNode.Mapping values) {
            values.entry("environments")
                    .ifPresent(entry -> problems.add("E602", entry.key(), "an environment holds no environments", ""));
            return Overlay.merge(root, values);
        }
        if (chosen.isEmpty() && !environment.equals(DEFAULT_ENVIRONMENT)) {
            List<String> known = environments
                    .map(all -> all.entries().stream().map(YamlNode.Entry::name).toList())
                    .orElse(List.of());
            YamlNode at = root.entry("environments")
                    .<YamlNode>map(YamlNode.Entry::key)
                    .orElse(root);
            problems.add(
                    "E602",
                    at,
                    "there is no environment '" + environment + "'",
                    Spelling.didYouMeanOr(environment, known, "environments"));
        }
        return root;
    }

    private Map<String, SourceDefinition> sources(List<Keyed<YamlNode.Mapping>> entries) {
        Map<String, SourceDefinition> sources = new LinkedHashMap<>();
        for (Keyed<YamlNode.Mapping> entry : entries) {
            Optional<YamlNode.Entry> kind = entry.value().entry("kind");
            if (kind.isEmpty()) {
                problems.add(
                        "E603",
                        entry.key(),
                        "source '" + entry.name() + "' has no kind",
                        "add kind: one of " + Spelling.list(kinds.keySet()));
                continue;
            }
            SourceKind<?> known = kinds.get(kind.get().value().toString());
            if (known == null) {
                String name = kind.get().value().toString();
                problems.add(
                        "E603",
                        kind.get().value(),
                        "there is no kind of source '" + name + "'",
                        Spelling.didYouMeanOr(name, kinds.keySet(), "kinds"));
                continue;
            }
            source(entry, known).ifPresent(source -> sources.put(source.name(), source));
        }
        return sources;
    }

    private Optional<SourceDefinition> source(Keyed<YamlNode.Mapping> entry, SourceKind<?> kind) {
        YamlNode.Mapping settings = new YamlNode.Mapping(
                entry.value().entries().stream()
                        .filter(key -> !Set.of("kind", AT_ONCE, PER_SECOND).contains(key.name()))
                        .toList(),
                entry.value().position(),
                entry.value().length());
        int before = problems.size();
        Optional<? extends Record> bound = new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(
                        settings, kind.settings(), "source '" + entry.name() + "' (" + kind.name() + ")", entry.key());
        int atOnce = entry.value()
                .get(AT_ONCE)
                .map(written -> count(written, AT_ONCE, "leave it out for " + SourceDefinition.AT_ONCE))
                .orElse(SourceDefinition.AT_ONCE);
        Optional<Integer> perSecond = entry.value()
                .get(PER_SECOND)
                .map(written -> count(written, PER_SECOND, "leave it out where there is no limit"));
        return problems.size() == before
                ? bound.map(record -> new SourceDefinition(
                        entry.name(),
                        kind.name(),
                        record,
                        atOnce,
                        perSecond,
                        entry.key().position()))
                : Optional.empty();
    }

    private int count(YamlNode written, String setting, String help) {
        if (written instanceof YamlNode.Scalar number && number.text().matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(number.text());
        }
        problems.add("E205", written, setting + " is a whole number from 1 to 9999", help);
        return SourceDefinition.AT_ONCE;
    }

    /** What is written out lies over what catalogue files say, value by value. */
    private Map<String, Map<String, Object>> services(ConfigurationDocument document) {
        Map<String, Map<String, Object>> services = document.catalogue()
                .map(new CatalogueFiles(problems, secrets::resolve)::read)
                .orElseGet(LinkedHashMap::new);
        for (Keyed<YamlNode.Mapping> entry : document.services()) {
            Map<String, Object> service = new LinkedHashMap<>(services.getOrDefault(entry.name(), Map.of()));
            for (YamlNode.Entry field : entry.value().entries()) {
                checkService(entry.name(), field);
                service.put(field.name(), PlainValues.of(field.value()));
            }
            service.put("name", entry.name());
            services.put(entry.name(), Map.copyOf(service));
        }
        return services;
    }

    /** The values that incidents are made by; a runbook may read any other. */
    private void checkService(String service, YamlNode.Entry field) {
        boolean right = switch (field.name()) {
            case "tier" ->
                field.value() instanceof YamlNode.Scalar tier && tier.text().matches("[1-9]");
            case "depends_on", "hosts" ->
                field.value() instanceof YamlNode.Scalar
                        || field.value() instanceof YamlNode.Sequence list
                                && list.items().stream().allMatch(YamlNode.Scalar.class::isInstance);
            default -> true;
        };
        if (!right) {
            problems.add(
                    "E608",
                    field.value(),
                    "service '" + service + "': " + field.name()
                            + (field.name().equals("tier")
                                    ? " is a whole number from 1, the most critical, to 9"
                                    : " is a list of names"),
                    "");
        }
    }

    private List<Path> runbooks(ConfigurationDocument document) {
        if (document.runbooks().isPresent()) {
            return document.runbooks().get().items().stream()
                    .map(path -> secrets.resolve(path.text()))
                    .toList();
        }
        return defaultRunbooks(secrets.directory());
    }

    static List<Path> defaultRunbooks(Path directory) {
        Path folder = directory.resolve(DEFAULT_RUNBOOKS);
        return Files.isDirectory(folder) ? List.of(folder) : List.of();
    }
}
