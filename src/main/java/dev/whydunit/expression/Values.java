package dev.whydunit.expression;

import dev.whydunit.schema.Names;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records and other objects as the plain data that expressions read. */
public final class Values {
    private Values() {}

    /**
     * The components by their snake_case names. An absent Optional is no key, nor is a null in a map or a list. Numbers become
     * Long or Double, enums their lower-case names, nested records maps; Duration and Instant stay.
     */
    public static Map<String, Object> of(Record record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Component component : Component.of(record.getClass())) {
            of(component.read(record)).ifPresent(value -> values.put(component.key(), value));
        }
        return Collections.unmodifiableMap(values);
    }

    /** One value as plain data; empty when it is null or an absent Optional. */
    public static Optional<Object> of(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case Optional<?> optional -> optional.flatMap(Values::of);
            case SqlText sql -> Optional.of(sql.text());
            case Record record -> Optional.of(of(record));
            case Boolean bool -> Optional.of(bool);
            case String text -> Optional.of(text);
            case Number number -> Optional.of(number(number));
            case Duration duration -> Optional.of(duration);
            case Instant instant -> Optional.of(instant);
            case OffsetDateTime moment -> Optional.of(moment.toInstant());
            case ZonedDateTime moment -> Optional.of(moment.toInstant());
            case java.util.Date date -> Optional.of(Instant.ofEpochMilli(date.getTime()));
            case Enum<?> choice -> Optional.of(Names.choice(choice));
            case Map<?, ?> map -> Optional.of(map(map));
            case Collection<?> list -> Optional.of(list(list));
            default -> Optional.of(value.toString());
        };
    }

    private static Object number(Number number) {
        return switch (number) {
            case Double d -> d;
            case Float f -> f.doubleValue();
            case BigDecimal decimal -> decimal(decimal);
            case BigInteger big when big.bitLength() > 63 -> big.doubleValue();
            default -> number.longValue();
        };
    }

    /** A count that a database gives as a decimal stays a whole number. */
    private static Object decimal(BigDecimal decimal) {
        boolean whole = decimal.scale() <= 0 && decimal.precision() - decimal.scale() <= 18;
        return whole ? (Object) decimal.longValueExact() : (Object) decimal.doubleValue();
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> of(value).ifPresent(plain -> values.put(String.valueOf(key), plain)));
        return Collections.unmodifiableMap(values);
    }

    private static List<Object> list(Collection<?> list) {
        List<Object> values = new ArrayList<>(list.size());
        list.forEach(element -> of(element).ifPresent(values::add));
        return Collections.unmodifiableList(values);
    }

    private record Component(String key, RecordComponent component) {
        private static final ClassValue<List<Component>> KNOWN = new ClassValue<>() {
            @Override
            protected List<Component> computeValue(Class<?> type) {
                List<Component> components = new ArrayList<>();
                for (RecordComponent component : type.getRecordComponents()) {
                    component.getAccessor().setAccessible(true);
                    components.add(new Component(Names.snake(component.getName()), component));
                }
                return components;
            }
        };

        static List<Component> of(Class<?> type) {
            return KNOWN.get(type);
        }

        @Nullable
        Object read(Record record) {
            try {
                return component.getAccessor().invoke(record);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
    }
}
