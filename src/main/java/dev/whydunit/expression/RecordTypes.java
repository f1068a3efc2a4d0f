package dev.whydunit.expression;

import dev.whydunit.schema.Names;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The types of records, each worked out once. */
final class RecordTypes {
    private static final ClassValue<ValueType.Struct> KNOWN = new ClassValue<>() {
        @Override
        protected ValueType.Struct computeValue(Class<?> type) {
            Map<String, ValueType> fields = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                try {
                    fields.put(Names.snake(component.getName()), ValueType.of(component.getGenericType()));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            type.getName() + "." + component.getName() + ": " + e.getMessage(), e);
                }
            }
            return new ValueType.Struct(type.getName().replace('$', '.'), fields);
        }
    };

    private RecordTypes() {}

    static ValueType.Struct of(Class<? extends Record> record) {
        return KNOWN.get(record);
    }
}
