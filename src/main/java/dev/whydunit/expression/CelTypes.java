package dev.whydunit.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Our static types as CEL's, and back. Knows the structs of one scope by name. */
@SuppressWarnings("Immutable") // To its callers it is: the maps only keep what was worked out, under a lock.
final class CelTypes implements CelTypeProvider {
    private final Map<String, ValueType.Struct> structs = new HashMap<>();
    private final Map<String, StructType> converted = new HashMap<>();

    CelTypes(Iterable<ValueType> types) {
        types.forEach(this::collect);
    }

    private void collect(ValueType type) {
        switch (type) {
            case ValueType.Struct struct -> {
                ValueType.Struct known = structs.putIfAbsent(struct.name(), struct);
                if (known == null) {
                    struct.fields().values().forEach(this::collect);
                } else if (known != struct && !known.equals(struct)) {
                    throw new IllegalStateException("two types of one scope are named " + struct.name());
                }
            }
            case ValueType.ListOf list -> collect(list.element());
            case ValueType.MapOf map -> collect(map.value());
            case ValueType.Simple simple -> {}
        }
    }

    synchronized CelType toCel(ValueType type) {
        return switch (type) {
            case ValueType.Struct struct -> {
                StructType known = converted.get(struct.name());
                if (known == null) {
                    known = StructType.create(
                            struct.name(),
                            ImmutableSet.copyOf(struct.fields().keySet()),
                            field -> Optional.ofNullable(struct.fields().get(field))
                                    .map(this::toCel));
                    converted.put(struct.name(), known);
                }
                yield known;
            }
            case ValueType.ListOf list -> ListType.create(toCel(list.element()));
            case ValueType.MapOf map -> MapType.create(SimpleType.STRING, toCel(map.value()));
            case ValueType.Simple simple ->
                switch (simple) {
                    case BOOL -> SimpleType.BOOL;
                    case INT -> SimpleType.INT;
                    case DOUBLE -> SimpleType.DOUBLE;
                    case STRING -> SimpleType.STRING;
                    case DURATION -> SimpleType.DURATION;
                    case TIMESTAMP -> SimpleType.TIMESTAMP;
                    case DYNAMIC -> SimpleType.DYN;
                };
        };
    }

    ValueType fromCel(CelType type) {
        return switch (type.kind()) {
            case BOOL -> ValueType.Simple.BOOL;
            case INT, UINT -> ValueType.Simple.INT;
            case DOUBLE -> ValueType.Simple.DOUBLE;
            case STRING -> ValueType.Simple.STRING;
            case DURATION -> ValueType.Simple.DURATION;
            case TIMESTAMP -> ValueType.Simple.TIMESTAMP;
            case LIST -> new ValueType.ListOf(fromCel(((ListType) type).elemType()));
            case MAP -> new ValueType.MapOf(fromCel(((MapType) type).valueType()));
            case STRUCT -> structs.containsKey(type.name()) ? structs.get(type.name()) : ValueType.Simple.DYNAMIC;
            default -> ValueType.Simple.DYNAMIC;
        };
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.of();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name)).map(this::toCel);
    }
}
