package dev.whydunit.runbook;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.Variables;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a step's author wrote under its kind, checked. Immutable and thread-safe. */
public final class Parameters {
    private final Keyed<YamlNode> written;
    private final Map<YamlNode.Scalar, Template> templates;

    Parameters(Keyed<YamlNode> written, Map<YamlNode.Scalar, Template> templates) {
        this.written = written;
        this.templates = Map.copyOf(templates);
    }

    /**
     * The parameters with every value put in, each encoded for where it goes.
     *
     * @param type the parameters record of the step's kind
     * @throws EvaluationFailure when a value that an expression reads is absent or may not enter its place
     * @throws BindFailure when the values do not make valid parameters
     */
    public <P extends Record> P bind(Class<P> type, Variables variables) throws EvaluationFailure, BindFailure {
        Problems problems = new Problems();
        Binder binder = new Binder(new FilledHoles(templates, variables), problems);
        Optional<P> bound = binder.bind(written.value(), type, written.name(), written.key());
        if (bound.isEmpty()) {
            throw new BindFailure(problems.sorted());
        }
        return bound.get();
    }

    /** What its expressions read, as {@link dev.whydunit.expression.Expression#references()}. */
    public Set<String> references() {
        Set<String> references = new LinkedHashSet<>();
        templates().forEach(template -> references.addAll(template.references()));
        return references;
    }

    Collection<Template> templates() {
        return templates.values();
    }

    /** As it stands in the file. */
    public YamlNode written() {
        return written.value();
    }
}
