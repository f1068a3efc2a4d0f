package dev.whydunit.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelResolvedOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.whydunit.schema.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What evaluates checked expressions. One for the process, made when the first expression is evaluated: checking needs none. */
final class CelMachine {
    /** Steps of all comprehensions of one evaluation together. */
    private static final int MOST_ITERATIONS = 200_000;

    static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(50)
            .maxParseErrorRecoveryLimit(5)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .excludeFunctions(StandardFunction.DOUBLE, StandardFunction.DURATION)
                    .build())
            .addFunctionBindings(bindings())
            .addLateBoundFunctions(CelFunctions.PROBABILITY)
            .build();

    private CelMachine() {}

    static CelRuntime.Program program(CelAbstractSyntaxTree ast) throws CelEvaluationException {
        return RUNTIME.createProgram(ast);
    }

    private static List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        add(
                all,
                "double",
                CelFunctionBinding.from("double_to_double", Double.class, number -> number),
                CelFunctionBinding.from("int64_to_double", Long.class, Long::doubleValue),
                CelFunctionBinding.from("string_to_double", String.class, CelMachine::number),
                CelFunctionBinding.from("duration_to_double", Duration.class, CelMachine::seconds));
        add(
                all,
                "duration",
                CelFunctionBinding.from("duration_to_duration", Duration.class, duration -> duration),
                CelFunctionBinding.from("string_to_duration", String.class, CelMachine::duration));
        extreme(all, "min", -1);
        extreme(all, "max", 1);
        add(
                all,
                "abs",
                CelFunctionBinding.from("abs_int", Long.class, Math::absExact),
                CelFunctionBinding.from("abs_double", Double.class, Math::abs),
                CelFunctionBinding.from("abs_duration", Duration.class, Duration::abs));
        add(all, "round", CelFunctionBinding.from("round_double", Double.class, number -> whole(Math.rint(number))));
        add(all, "floor", CelFunctionBinding.from("floor_double", Double.class, number -> whole(Math.floor(number))));
        add(all, "ceil", CelFunctionBinding.from("ceil_double", Double.class, number -> whole(Math.ceil(number))));
        add(
                all,
                "lowerAscii",
                CelFunctionBinding.from("lowerAscii_string", String.class, text -> text.toLowerCase(Locale.ROOT)));
        add(
                all,
                "upperAscii",
                CelFunctionBinding.from("upperAscii_string", String.class, text -> text.toUpperCase(Locale.ROOT)));
        add(all, "trim", CelFunctionBinding.from("trim_string", String.class, String::strip));
        add(all, "split", CelFunctionBinding.from("split_string", String.class, String.class, CelMachine::split));
        add(all, "join", CelFunctionBinding.from("join_list", List.class, String.class, CelMachine::join));
        return all;
    }

    private static void add(List<CelFunctionBinding> all, String function, CelFunctionBinding... overloads) {
        all.addAll(CelFunctionBinding.fromOverloads(function, overloads));
    }

    private static void extreme(List<CelFunctionBinding> all, String name, int sign) {
        add(
                all,
                name,
                CelFunctionBinding.from(
                        name + "_int",
                        Long.class,
                        Long.class,
                        (a, b) -> sign * Integer.signum(Long.compare(a, b)) >= 0 ? a : b),
                CelFunctionBinding.from(
                        name + "_double",
                        Double.class,
                        Double.class,
                        (a, b) -> sign * Integer.signum(Double.compare(a, b)) >= 0 ? a : b),
                CelFunctionBinding.from(
                        name + "_int_double",
                        Long.class,
                        Double.class,
                        (a, b) -> sign * Integer.signum(Double.compare(a, b)) >= 0 ? (double) a : b),
                CelFunctionBinding.from(
                        name + "_double_int",
                        Double.class,
                        Long.class,
                        (a, b) -> sign * Integer.signum(Double.compare(a, b)) >= 0 ? a : (double) b),
                CelFunctionBinding.from(
                        name + "_duration",
                        Duration.class,
                        Duration.class,
                        (a, b) -> sign * Integer.signum(a.compareTo(b)) >= 0 ? a : b),
                CelFunctionBinding.from(
                        name + "_timestamp",
                        Instant.class,
                        Instant.class,
                        (a, b) -> sign * Integer.signum(a.compareTo(b)) >= 0 ? a : b));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + Shown.cut(text, 40) + "' is not a number", e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    /** As Prometheus writes it, also with a minus before it. */
    static Duration duration(String text) {
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isPresent()) {
            return duration.get();
        }
        if (text.startsWith("-")) {
            return duration(text.substring(1)).negated();
        }
        throw new IllegalArgumentException("'" + Shown.cut(text, 40) + "' is not a duration such as 90s or 1h30m");
    }

    private static long whole(double number) {
        if (!(Math.abs(number) < 9e18)) {
            throw new IllegalArgumentException(number + " is no whole number");
        }
        return (long) number;
    }

    private static List<String> split(String text, String separator) {
        if (separator.isEmpty()) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String join(List<?> list, String separator) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }

    /** Answers {@code probability("id")} from the belief of the moment. */
    record Beliefs(ToDoubleFunction<String> probability) implements CelFunctionResolver {
        @Override
        public Optional<CelResolvedOverload> findOverloadMatchingArgs(
                String functionName, Collection<String> overloadIds, Object[] args) {
            return findOverloadMatchingArgs(functionName, args);
        }

        @Override
        @SuppressWarnings("Immutable") // Made for one evaluation, in which belief stands still.
        public Optional<CelResolvedOverload> findOverloadMatchingArgs(String functionName, Object[] args) {
            if (!functionName.equals(CelFunctions.PROBABILITY)) {
                return Optional.empty();
            }
            CelFunctionOverload answer = arguments -> probability.applyAsDouble((String) arguments[0]);
            return Optional.of(CelResolvedOverload.of(functionName, "probability_string", answer, true, String.class));
        }
    }
}
