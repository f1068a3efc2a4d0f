package dev.whydunit.expression;

import java.util.List;
import java.util.Optional;

/**
 * What a text compiled to.
 *
 * @param value present exactly when there is no issue
 */
public record Compiled<T>(Optional<T> value, List<Issue> issues) {
    /** Keeps its own copy of the issues. */
    public Compiled {
        issues = List.copyOf(issues);
    }

    static <T> Compiled<T> good(T value) {
        return new Compiled<>(Optional.of(value), List.of());
    }

    static <T> Compiled<T> bad(List<Issue> issues) {
        return new Compiled<>(Optional.empty(), issues);
    }
}
