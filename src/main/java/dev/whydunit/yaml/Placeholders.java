package dev.whydunit.yaml;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands for a component that the author left out or got wrong. */
final class Placeholders {
    private Placeholders() {}

    /** Empty for what may be empty; for the rest nothing, a zero or an empty text, which is only used to check what stands beside it. */
    static Bound of(Type type, YamlNode at) {
        Class<?> raw = RecordShape.raw(type);
        if (raw == Optional.class) {
            return new Bound.Value(Optional.empty());
        }
        if (raw == List.class) {
            return new Bound.Value(List.of());
        }
        if (raw == Map.class) {
            return new Bound.Value(Map.of());
        }
        if (raw == String.class) {
            return new Bound.Value("");
        }
        if (raw == boolean.class) {
            return new Bound.Value(false);
        }
        if (raw == double.class) {
            return new Bound.Value(0.0);
        }
        if (raw == int.class) {
            return new Bound.Value(0);
        }
        if (raw == Scalars.class) {
            return new Bound.Value(new Scalars(List.of()));
        }
        if (raw.isEnum()) {
            return new Bound.Value(raw.getEnumConstants()[0]);
        }
        if (raw == YamlNode.Scalar.class) {
            return new Bound.Value(new YamlNode.Scalar("", true, at.position(), 1, offset -> at.position()));
        }
        return Bound.WRONG;
    }
}
