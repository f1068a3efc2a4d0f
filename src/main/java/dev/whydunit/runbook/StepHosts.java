package dev.whydunit.runbook;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.Variables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The hosts that a step looks at, as its author wrote them: names, or expressions that give a name or a list of names.
 */
public record StepHosts(List<Template> written) {
    /** Keeps its own copy of the list. */
    public StepHosts {
        written = List.copyOf(written);
    }

    /**
     * The names, each once, in order.
     *
     * @throws EvaluationFailure when one cannot be told, is not a name, or there is none at all
     */
    public List<String> names(Variables variables) throws EvaluationFailure {
        Set<String> names = new LinkedHashSet<>();
        for (Template template : written) {
            add(template.value(variables), template, names);
        }
        if (names.isEmpty()) {
            throw new EvaluationFailure("hosts is an empty list");
        }
        return new ArrayList<>(names);
    }

    private static void add(Object value, Template template, Set<String> names) throws EvaluationFailure {
        switch (value) {
            case List<?> list -> {
                for (Object element : list) {
                    add(element, template, names);
                }
            }
            case String name when !name.isBlank() -> names.add(name.strip());
            default ->
                throw new EvaluationFailure("hosts holds something that is not a host's name: " + template.source());
        }
    }
}
