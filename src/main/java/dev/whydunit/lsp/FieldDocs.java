package dev.whydunit.lsp;

import dev.whydunit.expression.ValueType;
import dev.whydunit.runbook.KindSignature;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the fields of results mean, by the names of their types. */
final class FieldDocs {
    private static final Map<String, String> ROOTS = Map.of(
            "inputs", "The values that the investigation began with.",
            "alert", "The alert that began it: labels, annotations, starts_at, status.",
            "service", "The service catalogue's entry for the input 'service'.",
            "environment", "The name of the configuration's environment.",
            "host", "The host that the step looks at, else this machine: name, cpus, memory in bytes.",
            "steps", "Other steps' results, outputs and findings, by their ids.",
            "each", "The item of for_each.");

    private final Map<String, Map<String, String>> byType = new HashMap<>();

    FieldDocs(Collection<KindSignature> kinds) {
        kinds.forEach(kind -> collect(kind.result()));
    }

    private void collect(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument);
            }
        } else if (type instanceof Class<?> known && known.isRecord()) {
            Class<? extends Record> record = known.asSubclass(Record.class);
            String name = ValueType.of(record).name();
            if (byType.putIfAbsent(name, DocumentShape.fields(record)) == null) {
                for (RecordComponent component : record.getRecordComponents()) {
                    collect(component.getGenericType());
                }
            }
        }
    }

    /** Of a field of a struct; empty when nothing is known. */
    String of(ValueType.Struct struct, String field) {
        return byType.getOrDefault(struct.name(), Map.of()).getOrDefault(field, "");
    }

    /** Of a field of a kind's result. */
    String ofResult(KindSignature kind, String field) {
        return of(ValueType.of(kind.result()), field);
    }

    /** Of a name that every expression may read. */
    static String ofRoot(String name) {
        return ROOTS.getOrDefault(name, "");
    }
}
