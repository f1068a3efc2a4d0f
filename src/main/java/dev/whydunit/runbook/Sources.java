package dev.whydunit.runbook;

import dev.whydunit.expression.Compiled;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Expressions;
import dev.whydunit.expression.Issue;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.Sink;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.ValueType;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles what stands in a runbook. The only door to the compiler: it takes scalars, which only the YAML reader makes, so that
 * no text from outside can be compiled.
 */
final class Sources {
    private Sources() {}

    /** An expression, bare or as one <code>${{ }}</code>, of a type; empty with problems added when it is not. */
    static Optional<Expression> expression(YamlNode.Scalar scalar, Scope scope, ValueType wanted, Problems problems) {
        if (scalar.text().isEmpty() && scalar.plain()) {
            return Optional.empty();
        }
        Compiled<Expression> compiled = bare(scalar, scope);
        compiled.issues().forEach(issue -> add("E401", scalar, issue, problems));
        Optional<Expression> expression = compiled.value();
        if (expression.isPresent() && !CheckedHoles.fits(expression.get().type(), wanted)) {
            problems.add(
                    "E402",
                    scalar,
                    "this is " + a(expression.get().type()) + "; " + a(wanted) + " is needed here",
                    wanted == ValueType.Simple.BOOL ? "compare it with something, for example value > 0" : "");
            return Optional.empty();
        }
        return expression;
    }

    private static Compiled<Expression> bare(YamlNode.Scalar scalar, Scope scope) {
        if (!scalar.text().strip().startsWith("${{")) {
            return Expressions.compile(scalar.text(), scope);
        }
        Compiled<Template> template = Expressions.template(scalar.text(), scope);
        Optional<Expression> whole = template.value().flatMap(Template::whole);
        if (template.value().isPresent() && whole.isEmpty()) {
            return new Compiled<>(
                    Optional.empty(),
                    List.of(new Issue(
                            0, scalar.text().length(), "one expression belongs here, and nothing around it", "")));
        }
        return new Compiled<>(whole, template.issues());
    }

    /** A list of texts, each taken as it stands, as an expression. */
    static Optional<Expression> listOfTexts(YamlNode.Sequence list, Problems problems) {
        List<String> quoted = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (!(item instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
                problems.add("E203", item, "'for_each' is a list of texts; this is " + item.kind(), "");
                return Optional.empty();
            }
            if (scalar.text().contains("${{")) {
                problems.add(
                        "E403",
                        scalar,
                        "no expression may stand in a list of texts here",
                        "write for_each as one expression");
                return Optional.empty();
            }
            quoted.add(quoted(scalar.text()));
        }
        return Expressions.compile("[" + String.join(", ", quoted) + "]", Scope.of(Map.of()))
                .value();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** A text that people read. */
    static Optional<Template> text(YamlNode.Scalar scalar, Scope scope, Problems problems) {
        return template(scalar, scope, Sink.PLAIN, String.class, problems);
    }

    static Optional<Template> template(YamlNode.Scalar scalar, Scope scope, Sink sink, Type type, Problems problems) {
        Compiled<Template> compiled = Expressions.template(scalar.text(), scope);
        compiled.issues().forEach(issue -> add("E401", scalar, issue, problems));
        Optional<Template> template = compiled.value();
        boolean list = type instanceof ParameterizedType generic && generic.getRawType() == List.class;
        if (template.isPresent() && !(list && template.get().whole().isPresent() && sink != Sink.LITERAL)) {
            List<Issue> issues = template.get().issues(sink);
            issues.forEach(issue -> add("E403", scalar, issue, problems));
            return issues.isEmpty() ? template : Optional.empty();
        }
        return template;
    }

    private static void add(String code, YamlNode.Scalar scalar, Issue issue, Problems problems) {
        problems.add(code, scalar, issue.offset(), issue.length(), issue.message(), issue.help());
    }

    static String a(ValueType type) {
        String words = type.words();
        return type == ValueType.Simple.INT ? "an int" : type == ValueType.Simple.DYNAMIC ? words : "a " + words;
    }
}
