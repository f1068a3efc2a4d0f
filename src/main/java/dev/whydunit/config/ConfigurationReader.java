package dev.whydunit.config;

import dev.whydunit.config.Configuration.Loaded;
import dev.whydunit.schema.Spelling;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlNode.Entry;
import dev.whydunit.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a configuration from its document and checks all of it. */
final class ConfigurationReader {
    private final Path file;
    private final String environmentName;
    private final Map<String, SourceKind<?>> kinds = new TreeMap<>();
    private final Map<String, String> variables;
    private final Problems problems = new Problems();

    ConfigurationReader(
            Path file, String environmentName, Collection<? extends SourceKind<?>> kinds, Map<String, String> variables) {
        this.file = file;
        this.environmentName = environmentName;
        this.variables = variables;
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
    }

    Loaded read(YamlNode root) {
        Path directory = Configuration.directoryOf(file);
        YamlNode merged = root instanceof Mapping mapping ? forEnvironment(mapping) : root;
        Optional<ConfigurationDocument> bound = new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(merged, ConfigurationDocument.class, "the configuration", merged);
        if (bound.isEmpty()) {
            return new Loaded(Optional.empty(), problems.sorted());
        }
        ConfigurationDocument document = bound.get();
        Map<String, SourceDefinition> sources = new LinkedHashMap<>();
        for (Keyed<YamlNode> source : document.sources()) {
            source(source).ifPresent(definition -> sources.put(definition.name(), definition));
        }
        Map<String, HostDefinition> hosts = new LinkedHashMap<>();
        for (Keyed<ConfigurationDocument.HostDocument> host : document.hosts()) {
            hosts.put(host.name(), new HostDefinition(
                    host.name(),
                    host.value().address().orElse(host.name()),
                    host.value().ssh(),
                    host.key().position()));
        }
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        for (Keyed<YamlNode> service : document.services()) {
            if (service.value() instanceof Mapping mapping) {
                services.put(service.name(), PlainNodes.map(mapping));
            } else {
                problems.add("E600", service.value(), "service '" + service.name() + "' is a map", "shop: {tier: 1, hosts: [web1]}");
            }
        }
        if (!problems.isEmpty()) {
            return new Loaded(Optional.empty(), problems.sorted());
        }
        List<String> runbooks = document.runbooks().isEmpty() ? List.of("runbooks") : document.runbooks();
        return new Loaded(
                Optional.of(new Configuration(
                        Optional.of(file),
                        directory,
                        environmentName,
                        sources,
                        services,
                        hosts,
                        nodes(document.receivers()),
                        document.database(),
                        runbooks.stream().map(path -> directory.resolve(path).normalize()).toList(),
                        document.policy()
                                .flatMap(ConfigurationDocument.PolicyDocument::commands)
                                .orElse(CommandPolicy.OPEN),
                        new FileEnvironment(directory, variables))),
                List.of());
    }

    private static Map<String, YamlNode> nodes(List<Keyed<YamlNode>> keyed) {
        Map<String, YamlNode> nodes = new LinkedHashMap<>();
        keyed.forEach(one -> nodes.put(one.name(), one.value()));
        return nodes;
    }

    private Optional<SourceDefinition> source(Keyed<YamlNode> source) {
        String what = "source '" + source.name() + "'";
        if (!(source.value() instanceof Mapping mapping)) {
            problems.add("E600", source.value(), what + " is a map", "logs: {kind: files, paths: ['logs/*.log']}");
            return Optional.empty();
        }
        if (!(mapping.get("kind").orElse(mapping) instanceof YamlNode.Scalar kindNode)) {
            problems.add("E602", source.key(), what + " needs a kind", "its kinds: " + Spelling.list(List.copyOf(kinds.keySet())));
            return Optional.empty();
        }
        SourceKind<?> kind = kinds.get(kindNode.text());
        if (kind == null) {
            problems.add(
                    "E603",
                    kindNode,
                    "there is no source kind '" + kindNode.text() + "'",
                    Spelling.didYouMeanOr(kindNode.text(), kinds.keySet(), "kinds: " + Spelling.list(kinds.keySet())));
            return Optional.empty();
        }
        List<Entry> rest = mapping.entries().stream()
                .filter(entry -> !entry.name().equals("kind"))
                .toList();
        YamlNode settings = new Mapping(rest, mapping.position(), mapping.length());
        return bound(settings, kind.settings(), what, source)
                .map(record -> new SourceDefinition(source.name(), kind.name(), record, source.key().position()));
    }

    private Optional<Record> bound(YamlNode settings, Class<? extends Record> type, String what, Keyed<YamlNode> source) {
        int before = problems.size();
        Optional<? extends Record> record = new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(settings, type, what, source.key());
        return problems.size() == before ? record.map(Record.class::cast) : Optional.empty();
    }

    /** The document with what the environment says laid over it: maps are merged, everything else is replaced. */
    private Mapping forEnvironment(Mapping root) {
        Optional<YamlNode> environments = root.get("environments");
        boolean isDefault = environmentName.equals("default");
        if (!(environments.orElse(root) instanceof Mapping all) || environments.isEmpty()) {
            if (!isDefault) {
                problems.add("E601", root, "there is no environment '" + environmentName + "'", "add it under environments:");
            }
            return root;
        }
        Optional<YamlNode> chosen = all.get(environmentName);
        if (chosen.isEmpty() && !isDefault) {
            List<String> names = all.entries().stream().map(Entry::name).toList();
            problems.add(
                    "E601",
                    all,
                    "there is no environment '" + environmentName + "'",
                    Spelling.didYouMeanOr(environmentName, names, "environments: " + Spelling.list(names)));
        }
        return chosen.isPresent() && chosen.get() instanceof Mapping over ? merged(root, over) : root;
    }

    private static Mapping merged(Mapping under, Mapping over) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : under.entries()) {
            Optional<Entry> replacing = over.entry(entry.name());
            entries.add(replacing.isEmpty() ? entry : merged(entry, replacing.get()));
        }
        over.entries().stream()
                .filter(entry -> under.entry(entry.name()).isEmpty())
                .forEach(entries::add);
        return new Mapping(entries, under.position(), under.length());
    }

    private static Entry merged(Entry under, Entry over) {
        return under.value() instanceof Mapping one && over.value() instanceof Mapping another
                ? new Entry(over.key(), merged(one, another))
                : over;
    }
}
