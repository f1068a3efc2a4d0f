package dev.whydunit.expression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The names that an expression may read, with their static types. Immutable. */
public final class Scope {
    /** Scopes that are kept so that equal ones share what was made for one of them; runbooks of one kind declare alike. */
    private static final int MOST_SHARED = 500;

    private static final Map<Map<String, ValueType>, Scope> SHARED = new ConcurrentHashMap<>();

    private final Map<String, ValueType> variables;
    private @Nullable CelTypes celTypes;
    private @Nullable Scope shared;

    private Scope(Map<String, ValueType> variables) {
        this.variables = Collections.unmodifiableMap(variables);
    }

    /** With these variables. */
    public static Scope of(Map<String, ValueType> variables) {
        return new Scope(new LinkedHashMap<>(variables));
    }

    /** This and one more; of two of the same name the added one counts. */
    public Scope with(String name, ValueType type) {
        return with(Map.of(name, type));
    }

    /** This and more; of two of the same name the added one counts. */
    public Scope with(Map<String, ValueType> more) {
        Map<String, ValueType> all = new LinkedHashMap<>(variables);
        all.putAll(more);
        return new Scope(all);
    }

    /** The names. */
    public Set<String> names() {
        return variables.keySet();
    }

    /** The type of a variable. */
    public Optional<ValueType> type(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** The type at the end of a path such as {@code inputs.window}; empty where it leads nowhere. */
    public Optional<ValueType> typeOf(String path) {
        Optional<ValueType> type = Optional.empty();
        boolean first = true;
        for (String part : path.split("\\.", -1)) {
            type = first ? type(part) : type.flatMap(known -> field(known, part));
            first = false;
        }
        return type;
    }

    /** Made once: it serves every expression of the scope, and of all equal ones. */
    CelTypes celTypes() {
        return shared().ownCelTypes();
    }

    private synchronized CelTypes ownCelTypes() {
        if (celTypes == null) {
            celTypes = new CelTypes(variables.values());
        }
        return celTypes;
    }

    /** One scope that stands for all that are equal to this one; the first that came since too many were kept. */
    synchronized Scope shared() {
        if (shared == null) {
            Scope known = SHARED.get(variables);
            if (known == null) {
                if (SHARED.size() >= MOST_SHARED) {
                    SHARED.clear();
                }
                Scope first = SHARED.putIfAbsent(variables, this);
                known = first == null ? this : first;
            }
            shared = known == null ? this : known;
        }
        return shared;
    }

    static Optional<ValueType> field(ValueType type, String name) {
        return switch (type) {
            case ValueType.Struct struct -> Optional.ofNullable(struct.fields().get(name));
            case ValueType.MapOf map -> Optional.of(map.value());
            case ValueType.Simple simple when simple == ValueType.Simple.DYNAMIC -> Optional.of(simple);
            case ValueType.Simple simple -> Optional.empty();
            case ValueType.ListOf list -> Optional.empty();
        };
    }
}
