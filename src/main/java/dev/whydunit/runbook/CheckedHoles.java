package dev.whydunit.runbook;

import dev.whydunit.expression.Scope;
import dev.whydunit.expression.Sink;
import dev.whydunit.expression.SqlText;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.ValueType;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Compiles the texts of a step's parameters and checks that their values can enter their places. Keeps what it compiled. */
final class CheckedHoles implements Holes {
    private final Scope scope;
    private final Map<YamlNode.Scalar, Template> templates = new HashMap<>();

    CheckedHoles(Scope scope) {
        this.scope = scope;
    }

    Map<YamlNode.Scalar, Template> templates() {
        return templates;
    }

    @Override
    public boolean isIn(YamlNode.Scalar scalar) {
        return scalar.text().contains("${{");
    }

    @Override
    public Optional<Object> fill(YamlNode.Scalar scalar, Type type, Sink sink, Problems problems) {
        Optional<Template> compiled =
                Sources.template(scalar, scope, type == SqlText.class ? Sink.SQL : sink, type, problems);
        compiled.ifPresent(template -> {
            templates.put(scalar, template);
            if (type != SqlText.class && type != String.class) {
                checkType(scalar, template, type, problems);
            }
        });
        return Optional.empty();
    }

    private static void checkType(YamlNode.Scalar scalar, Template template, Type type, Problems problems) {
        if (template.whole().isEmpty()) {
            // Text around a value: what it makes is read as the component's type when it is known.
            return;
        }
        ValueType given = template.whole().get().type();
        ValueType wanted;
        try {
            wanted = ValueType.of(type);
        } catch (IllegalArgumentException e) {
            problems.add("E402", scalar, "no expression may stand here", "write the value out");
            return;
        }
        if (!fits(given, wanted)) {
            problems.add(
                    "E402",
                    scalar,
                    "this is " + Sources.a(given) + "; " + Sources.a(wanted) + " is needed here",
                    given == ValueType.Simple.STRING ? "give the input that type" : "");
        }
    }

    static boolean fits(ValueType given, ValueType wanted) {
        if (given.equals(wanted) || given == ValueType.Simple.DYNAMIC || wanted == ValueType.Simple.DYNAMIC) {
            return true;
        }
        if (given == ValueType.Simple.INT && wanted == ValueType.Simple.DOUBLE) {
            return true;
        }
        if (given instanceof ValueType.ListOf list && wanted instanceof ValueType.ListOf other) {
            return other.element() == ValueType.Simple.STRING || fits(list.element(), other.element());
        }
        return given instanceof ValueType.MapOf map
                && wanted instanceof ValueType.MapOf other
                && fits(map.value(), other.value());
    }
}
