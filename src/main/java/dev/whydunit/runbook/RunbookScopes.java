package dev.whydunit.runbook;

import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import dev.whydunit.expression.ValueType.ListOf;
import dev.whydunit.expression.ValueType.MapOf;
import dev.whydunit.expression.ValueType.Simple;
import dev.whydunit.expression.ValueType.Struct;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that the expressions of a runbook may read, by where they stand. */
public final class RunbookScopes {
    private static final Struct ALERT = new Struct(
            "alert",
            ordered(
                    "labels",
                    new MapOf(Simple.STRING),
                    "annotations",
                    new MapOf(Simple.STRING),
                    "starts_at",
                    Simple.TIMESTAMP,
                    "status",
                    Simple.STRING));
    private static final Struct HOST =
            new Struct("host", ordered("name", Simple.STRING, "cpus", Simple.INT, "memory", Simple.INT));

    private RunbookScopes() {}

    private static Map<String, ValueType> ordered(Object... namesAndTypes) {
        Map<String, ValueType> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.put((String) namesAndTypes[i], (ValueType) namesAndTypes[i + 1]);
        }
        return fields;
    }

    /** What is known before any step: inputs, the alert, the catalogue's entry for the service, the environment, this machine. */
    static Scope beforeSteps(Map<String, Input> inputs) {
        Map<String, InputType> types = new LinkedHashMap<>();
        inputs.forEach((id, input) -> types.put(id, input.type()));
        return withInputs(types);
    }

    /** What is known before any step of a runbook with these inputs. */
    public static Scope withInputs(Map<String, InputType> inputs) {
        Map<String, ValueType> fields = new LinkedHashMap<>();
        inputs.forEach((id, type) -> fields.put(id, type(type)));
        return Scope.of(ordered(
                "inputs",
                new Struct("inputs", fields),
                "alert",
                ALERT,
                "service",
                new MapOf(Simple.DYNAMIC),
                "environment",
                Simple.STRING,
                "host",
                HOST));
    }

    static ValueType type(InputType type) {
        return switch (type) {
            case STRING -> Simple.STRING;
            case INT -> Simple.INT;
            case DOUBLE -> Simple.DOUBLE;
            case BOOL -> Simple.BOOL;
            case DURATION -> Simple.DURATION;
            case TIMESTAMP -> Simple.TIMESTAMP;
            case LIST -> new ListOf(Simple.STRING);
        };
    }

    /**
     * What {@code steps.ID} is: the kind's result fields, {@code outputs} and {@code findings}.
     *
     * @param outputs the names of the step's outputs
     * @param findings the ids of its findings
     */
    public static ValueType step(String id, KindSignature kind, Iterable<String> outputs, Iterable<String> findings) {
        Map<String, ValueType> fields =
                new LinkedHashMap<>(ValueType.of(kind.result()).fields());
        Map<String, ValueType> outputFields = new LinkedHashMap<>();
        outputs.forEach(name -> outputFields.put(name, Simple.DYNAMIC));
        fields.put("outputs", new Struct("outputs of " + id, outputFields));
        Map<String, ValueType> findingFields = new LinkedHashMap<>();
        findings.forEach(name -> findingFields.put(name, Simple.BOOL));
        fields.put("findings", new Struct("findings of " + id, findingFields));
        return new Struct("step " + id, fields);
    }
}
