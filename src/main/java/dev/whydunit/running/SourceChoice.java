package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.SourceDefinition;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlNode.Mapping;
import dev.whydunit.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a runbook against the configuration: a step that names no source reads the only one that fits; where two fit, nobody can
 * know which was meant. A step without any source is no mistake: it is not checked, and says so.
 */
public final class SourceChoice {
    private final Configuration configuration;
    private final List<SourceKind<?>> kinds;

    /** Under a configuration. */
    public SourceChoice(Configuration configuration, List<SourceKind<?>> kinds) {
        this.configuration = configuration;
        this.kinds = kinds;
    }

    /** What nobody can know. */
    public List<Problem> problems(String file, String text, Runbook runbook) {
        Optional<YamlNode> steps = YamlReader.read(file, text).root().flatMap(root -> get(root, "steps"));
        List<Problem> problems = new ArrayList<>();
        for (Step step : runbook.steps().values()) {
            Optional<Class<?>> type = step.kind().source();
            Optional<YamlNode.Entry> written = steps.flatMap(all -> get(all, step.id()))
                    .flatMap(one -> one instanceof Mapping mapping
                            ? mapping.entry(step.kind().name())
                            : Optional.empty());
            if (type.isPresent()
                    && written.isPresent()
                    && !readsNamed(written.get().value())) {
                ambiguous(step, type.get(), written.get().key()).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Optional<YamlNode> get(YamlNode node, String key) {
        return node instanceof Mapping mapping ? mapping.get(key) : Optional.empty();
    }

    /** Whether the step says itself what it reads: a source, or a path instead of one. */
    private static boolean readsNamed(YamlNode parameters) {
        return get(parameters, "source").isPresent() || get(parameters, "path").isPresent();
    }

    private Optional<Problem> ambiguous(Step step, Class<?> type, YamlNode.Scalar key) {
        List<String> fitting = configuration.sources().values().stream()
                .filter(definition -> type(definition).filter(type::equals).isPresent())
                .map(SourceDefinition::name)
                .sorted()
                .toList();
        return fitting.size() < 2
                ? Optional.empty()
                : Optional.of(new Problem(
                        "E610",
                        key.position(),
                        key.length(),
                        "step '" + step.id() + "' names no source, and several fit: " + String.join(", ", fitting),
                        "add source: " + fitting.getFirst()));
    }

    private Optional<Class<?>> type(SourceDefinition definition) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(definition.kind()))
                .findFirst()
                .map(SourceKind::type);
    }
}
