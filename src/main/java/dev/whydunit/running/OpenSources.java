package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.SourceDefinition;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.Sources;
import dev.whydunit.source.Probed;
import dev.whydunit.source.SourceKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configured sources, each opened once, when a step first asks for it, and closed at the end. */
public final class OpenSources implements Sources, AutoCloseable {
    private final Configuration configuration;
    private final List<SourceKind<?>> kinds;
    private final Map<String, Object> open = new LinkedHashMap<>();

    /** @param kinds the registered kinds of sources */
    public OpenSources(Configuration configuration, List<SourceKind<?>> kinds) {
        this.configuration = configuration;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public synchronized <S> S find(Class<S> type, Optional<String> name) throws SourceUnavailable {
        return type.cast(open(definition(type, name)));
    }

    @Override
    public Optional<String> nameOf(Class<?> type, Optional<String> name) {
        try {
            return Optional.of(definition(type, name).name());
        } catch (SourceUnavailable e) {
            // The step itself will say so when it asks for the source.
            return name;
        }
    }

    /**
     * Which source is meant: the one that is named, or the only one of its type.
     *
     * @throws SourceUnavailable when there is none or there are several
     */
    public SourceDefinition definition(Class<?> type, Optional<String> name) throws SourceUnavailable {
        return name.isPresent() ? named(name.get(), type) : only(type);
    }

    /**
     * Whether a configured source can be read just now.
     *
     * @param limit how long the look may take
     * @return empty when it can, or when it cannot say; otherwise why not, one line
     */
    public Optional<String> trouble(String name, Duration limit) throws InterruptedException {
        Object source;
        try {
            SourceDefinition definition = configuration.sources().get(name);
            if (definition == null) {
                return Optional.of("source " + name + " is not configured");
            }
            synchronized (this) {
                source = open(definition);
            }
        } catch (SourceUnavailable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return source instanceof Probed probed ? probed.trouble(limit) : Optional.empty();
    }

    private SourceDefinition named(String name, Class<?> type) throws SourceUnavailable {
        SourceDefinition definition = configuration.sources().get(name);
        if (definition == null) {
            throw new SourceUnavailable("source " + name + " is not configured; add it under sources: in "
                    + configuration.file().map(Object::toString).orElse("whydunit.yaml"));
        }
        SourceKind<?> kind = kind(definition);
        if (kind.type() != type) {
            throw new SourceUnavailable("source " + name + " is of kind " + kind.name()
                    + ", which this step cannot read; " + "it reads " + kindNames(type));
        }
        return definition;
    }

    private SourceDefinition only(Class<?> type) throws SourceUnavailable {
        List<SourceDefinition> fitting = configuration.sources().values().stream()
                .filter(definition -> kind(definition).type() == type)
                .toList();
        if (fitting.size() > 1) {
            throw new SourceUnavailable("several sources fit: "
                    + fitting.stream().map(SourceDefinition::name).collect(Collectors.joining(", "))
                    + "; name one with source:");
        }
        if (fitting.isEmpty()) {
            throw new SourceUnavailable(
                    "no source of kind " + kindNames(type) + " is configured; add one under sources: in "
                            + configuration.file().map(Object::toString).orElse("whydunit.yaml"));
        }
        return fitting.getFirst();
    }

    private String kindNames(Class<?> type) {
        return kinds.stream()
                .filter(kind -> kind.type() == type)
                .map(SourceKind::name)
                .collect(Collectors.joining(" or "));
    }

    private SourceKind<?> kind(SourceDefinition definition) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(definition.kind()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("source kind " + definition.kind() + " is not registered"));
    }

    private Object open(SourceDefinition definition) throws SourceUnavailable {
        Object source = open.get(definition.name());
        if (source == null) {
            source = open(definition, kind(definition));
            open.put(definition.name(), source);
        }
        return source;
    }

    private <S extends Record> Object open(SourceDefinition definition, SourceKind<S> kind) throws SourceUnavailable {
        try {
            return kind.open(
                    definition.name(), kind.settings().cast(definition.settings()), configuration.environment());
        } catch (IllegalArgumentException e) {
            throw new SourceUnavailable("source " + definition.name() + ": " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        for (Map.Entry<String, Object> entry : open.entrySet()) {
            if (entry.getValue() instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    System.Logger log = System.getLogger(OpenSources.class.getName());
                    log.log(System.Logger.Level.WARNING, "closing source " + entry.getKey() + " failed", e);
                }
            }
        }
        open.clear();
    }
}
