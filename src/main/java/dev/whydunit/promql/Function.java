package dev.whydunit.promql;

import static dev.whydunit.promql.Expression.Type.RANGE;
import static dev.whydunit.promql.Expression.Type.SCALAR;
import static dev.whydunit.promql.Expression.Type.VECTOR;

import dev.whydunit.promql.Expression.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions of the subset, and what they take and give. */
enum Function {
    RATE(VECTOR, RANGE),
    IRATE(VECTOR, RANGE),
    INCREASE(VECTOR, RANGE),
    DELTA(VECTOR, RANGE),
    IDELTA(VECTOR, RANGE),
    DERIV(VECTOR, RANGE),
    CHANGES(VECTOR, RANGE),
    RESETS(VECTOR, RANGE),
    AVG_OVER_TIME(VECTOR, RANGE),
    MIN_OVER_TIME(VECTOR, RANGE),
    MAX_OVER_TIME(VECTOR, RANGE),
    SUM_OVER_TIME(VECTOR, RANGE),
    COUNT_OVER_TIME(VECTOR, RANGE),
    LAST_OVER_TIME(VECTOR, RANGE),
    STDDEV_OVER_TIME(VECTOR, RANGE),
    QUANTILE_OVER_TIME(VECTOR, SCALAR, RANGE),
    HISTOGRAM_QUANTILE(VECTOR, SCALAR, VECTOR),
    CLAMP(VECTOR, VECTOR, SCALAR, SCALAR),
    CLAMP_MIN(VECTOR, VECTOR, SCALAR),
    CLAMP_MAX(VECTOR, VECTOR, SCALAR),
    ABS(VECTOR, VECTOR),
    CEIL(VECTOR, VECTOR),
    FLOOR(VECTOR, VECTOR),
    SQRT(VECTOR, VECTOR),
    EXP(VECTOR, VECTOR),
    LN(VECTOR, VECTOR),
    LOG2(VECTOR, VECTOR),
    LOG10(VECTOR, VECTOR),
    SGN(VECTOR, VECTOR),
    SORT(VECTOR, VECTOR),
    SORT_DESC(VECTOR, VECTOR),
    ABSENT(VECTOR, VECTOR),
    SCALAR_OF("scalar", SCALAR, VECTOR),
    VECTOR_OF("vector", VECTOR, SCALAR),
    TIME(SCALAR);

    final String word;
    final Type result;
    final List<Type> parameters;

    Function(Type result, Type... parameters) {
        this.word = name().toLowerCase(Locale.ROOT);
        this.result = result;
        this.parameters = List.of(parameters);
    }

    Function(String word, Type result, Type... parameters) {
        this.word = word;
        this.result = result;
        this.parameters = List.of(parameters);
    }

    static Optional<Function> of(String name) {
        return Arrays.stream(values()).filter(f -> f.word.equals(name)).findFirst();
    }

    boolean takesRange() {
        return parameters.contains(RANGE);
    }
}
