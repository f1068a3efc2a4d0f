package dev.whydunit.webhook;

import dev.whydunit.expression.Compiled;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Expressions;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Compiles the expressions of a mapping; all that are wrong are reported. */
final class MappingReader {
    private static final String BAD_EXPRESSION = "E624";
    private static final Scope SCOPE = Scope.of(Map.of(
            "payload", ValueType.Simple.DYNAMIC,
            "alert", ValueType.Simple.DYNAMIC,
            "headers", new ValueType.MapOf(ValueType.Simple.STRING)));

    private final Problems problems;

    MappingReader(Problems problems) {
        this.problems = problems;
    }

    Optional<MappedFormat> read(MappingDocument document) {
        int before = problems.size();
        Optional<Expression> firing = compile(document.firing());
        Optional<Expression> identity = compile(document.identity());
        Optional<Expression> alerts = document.alerts().flatMap(this::compile);
        Optional<Expression> when = document.when().flatMap(this::compile);
        Optional<Expression> event = document.event().flatMap(this::compile);
        Optional<Expression> at = document.at().flatMap(this::compile);
        Map<String, Expression> labels = compile(document.labels());
        Map<String, Expression> annotations = compile(document.annotations());
        if (problems.size() > before || firing.isEmpty() || identity.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new MappedFormat(alerts, when, firing.get(), identity.get(), event, at, labels, annotations));
    }

    private Map<String, Expression> compile(Map<String, YamlNode.Scalar> texts) {
        Map<String, Expression> compiled = new LinkedHashMap<>();
        texts.forEach((name, text) -> compile(text).ifPresent(expression -> compiled.put(name, expression)));
        return compiled;
    }

    private Optional<Expression> compile(YamlNode.Scalar text) {
        Compiled<Expression> compiled = Expressions.compile(text.text(), SCOPE);
        compiled.issues()
                .forEach(issue -> problems.add(
                        BAD_EXPRESSION, text, issue.offset(), issue.length(), issue.message(), issue.help()));
        return compiled.value();
    }
}
