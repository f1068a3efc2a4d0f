package dev.whydunit.runbook;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Sink;
import dev.whydunit.expression.SqlText;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.Variables;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts values in. Nothing is compiled here: only texts that were compiled when the runbook was loaded are holes. */
record FilledHoles(Map<YamlNode.Scalar, Template> templates, Variables variables) implements Holes {
    @Override
    public boolean isIn(YamlNode.Scalar scalar) {
        return templates.containsKey(scalar);
    }

    @Override
    public Optional<Object> fill(YamlNode.Scalar scalar, Type type, Sink sink, Problems problems)
            throws EvaluationFailure {
        Template template = templates.get(scalar);
        if (template == null) {
            throw new IllegalStateException("not a hole: " + scalar);
        }
        if (type == SqlText.class) {
            return Optional.of(template.renderSql(variables));
        }
        if (type == String.class) {
            return Optional.of(template.render(variables, sink));
        }
        boolean texts = type instanceof ParameterizedType generic
                && generic.getRawType() == List.class
                && generic.getActualTypeArguments()[0] == String.class;
        return Optional.of(texts ? template.renderList(variables, sink) : template.value(variables));
    }
}
