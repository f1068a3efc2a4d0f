package dev.whydunit.promql;

import dev.whydunit.promql.Expression.Aggregate;
import dev.whydunit.promql.Expression.Binary;
import dev.whydunit.promql.Expression.Call;
import dev.whydunit.promql.Expression.Negation;
import dev.whydunit.promql.Expression.NumberLiteral;
import dev.whydunit.promql.Expression.RangeSelector;
import dev.whydunit.promql.Expression.Selector;
import dev.whydunit.promql.Expression.StringLiteral;
import dev.whydunit.promql.Expression.Type;
import dev.whydunit.promql.PromqlQuery.Evaluation;
import dev.whydunit.promql.PromqlQuery.ShortRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** Computes a tree moment by moment. One instance serves one evaluation. */
final class Evaluator {
    /** How long a sample stands for its series: Prometheus' default. */
    private static final long LOOKBACK = Duration.ofMinutes(5).toMillis();

    private static final int MOST_VALUES = 10_000_000;

    private final String query;
    private final SampleSet samples;
    /** By the selector itself: two alike at two places are looked up twice. */
    private final IdentityHashMap<Selector, List<TimeSeries>> selected = new IdentityHashMap<>();

    private Optional<ShortRange> shortRange = Optional.empty();
    private int computed;

    Evaluator(String query, SampleSet samples) {
        this.query = query;
        this.samples = samples;
    }

    Evaluation evaluate(Expression expression, long[] moments) throws PromqlException, InterruptedException {
        Map<Labels, Column> columns = new LinkedHashMap<>();
        for (long moment : moments) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while evaluating a query");
            }
            shortRange = Optional.empty();
            List<Element> vector = expression.type() == Type.SCALAR
                    ? List.of(new Element(Labels.EMPTY, number(expression, moment)))
                    : vector(expression, moment);
            Set<Labels> seen = new HashSet<>();
            for (Element element : vector) {
                if (!seen.add(element.labels())) {
                    throw error(expression, "the result has two series with the labels " + element.labels());
                }
                columns.computeIfAbsent(element.labels(), labels -> new Column(moments.length))
                        .add(moment, element.value());
            }
        }
        List<TimeSeries> series = new ArrayList<>(columns.size());
        columns.forEach((labels, column) -> series.add(column.series(labels)));
        return new Evaluation(series, shortRange);
    }

    private double number(Expression expression, long at) throws PromqlException {
        return switch (expression) {
            case NumberLiteral literal -> literal.value();
            case Negation negation -> -number(negation.of(), at);
            case Binary binary ->
                VectorOperations.scalars(binary, number(binary.left(), at), number(binary.right(), at));
            case Call call -> scalar(call, at);
            default -> throw new IllegalStateException(expression + " is no number");
        };
    }

    private double scalar(Call call, long at) throws PromqlException {
        if (call.function() == Function.TIME) {
            return at / 1000.0;
        }
        List<Element> vector = vector(call.arguments().getFirst(), at);
        return vector.size() == 1 ? vector.getFirst().value() : Double.NaN;
    }

    private List<Element> vector(Expression expression, long at) throws PromqlException {
        List<Element> result = switch (expression) {
            case Selector selector -> instant(selector, at);
            case Negation negation -> map(vector(negation.of(), at), value -> -value);
            case Call call -> call(call, at);
            case Aggregate aggregate -> aggregate(aggregate, at);
            case Binary binary -> binary(binary, at);
            case NumberLiteral literal -> throw noVector(literal);
            case StringLiteral literal -> throw noVector(literal);
            case RangeSelector selector -> throw noVector(selector);
        };
        computed += result.size();
        if (computed > MOST_VALUES) {
            throw error(expression, "the query needs more than " + MOST_VALUES + " values: select fewer series");
        }
        return result;
    }

    private static IllegalStateException noVector(Expression expression) {
        return new IllegalStateException(expression + " is no vector");
    }

    private List<TimeSeries> select(Selector selector) {
        return selected.computeIfAbsent(selector, s -> samples.select(s.matchers()));
    }

    private List<Element> instant(Selector selector, long at) {
        long moment = at - selector.back();
        List<Element> result = new ArrayList<>();
        for (TimeSeries series : select(selector)) {
            int index = series.firstFrom(moment + 1) - 1;
            if (index >= 0 && series.millis(index) > moment - LOOKBACK && !TimeSeries.isStale(series.value(index))) {
                result.add(new Element(series.labels(), series.value(index)));
            }
        }
        return result;
    }

    private List<Window> windows(RangeSelector range, long at) {
        long to = at - range.selector().back();
        long from = to - range.range();
        long covered = samples.coveredFrom(from, to);
        if (covered > from) {
            ShortRange found = new ShortRange(Duration.ofMillis(range.range()), Duration.ofMillis(to - covered));
            if (shortRange.isEmpty()
                    || found.covered().compareTo(shortRange.get().covered()) < 0) {
                shortRange = Optional.of(found);
            }
        }
        // Prometheus' ranges are open on the left; where the range was cut, its first sample belongs to it.
        long first = covered > from ? covered : from + 1;
        List<Window> windows = new ArrayList<>();
        for (TimeSeries series : select(range.selector())) {
            int begin = series.firstFrom(first);
            int end = series.firstFrom(to + 1);
            long[] millis = new long[Math.max(0, end - begin)];
            double[] values = new double[millis.length];
            int size = 0;
            for (int i = begin; i < end; i++) {
                if (!TimeSeries.isStale(series.value(i))) {
                    millis[size] = series.millis(i);
                    values[size++] = series.value(i);
                }
            }
            if (size > 0) {
                windows.add(new Window(
                        series.labels(), Arrays.copyOf(millis, size), Arrays.copyOf(values, size), covered, to));
            }
        }
        return windows;
    }

    private List<Element> call(Call call, long at) throws PromqlException {
        List<Expression> arguments = call.arguments();
        Function function = call.function();
        if (function.takesRange()) {
            double parameter = arguments.size() == 2 ? number(arguments.getFirst(), at) : Double.NaN;
            return overRange(function, (RangeSelector) arguments.getLast(), parameter, at);
        }
        return switch (function) {
            case HISTOGRAM_QUANTILE -> histogram(number(arguments.get(0), at), vector(arguments.get(1), at));
            case VECTOR_OF -> List.of(new Element(Labels.EMPTY, number(arguments.getFirst(), at)));
            case ABSENT -> absent(arguments.getFirst(), at);
            case SORT, SORT_DESC -> vector(arguments.getFirst(), at);
            case CLAMP_MIN, CLAMP_MAX -> {
                double limit = number(arguments.get(1), at);
                yield map(
                        vector(arguments.get(0), at),
                        function == Function.CLAMP_MIN ? v -> Math.max(v, limit) : v -> Math.min(v, limit));
            }
            case CLAMP -> {
                double least = number(arguments.get(1), at);
                double most = number(arguments.get(2), at);
                yield least > most
                        ? List.of()
                        : map(vector(arguments.get(0), at), v -> Math.max(least, Math.min(most, v)));
            }
            default -> map(vector(arguments.getFirst(), at), plain(function));
        };
    }

    private static DoubleUnaryOperator plain(Function function) {
        return switch (function) {
            case ABS -> Math::abs;
            case CEIL -> Math::ceil;
            case FLOOR -> Math::floor;
            case SQRT -> Math::sqrt;
            case EXP -> Math::exp;
            case LN -> Math::log;
            case LOG2 -> value -> Math.log(value) / Math.log(2);
            case LOG10 -> Math::log10;
            case SGN -> Math::signum;
            default -> throw new IllegalStateException(function.word + " is not computed value by value");
        };
    }

    private List<Element> overRange(Function function, RangeSelector range, double parameter, long at) {
        List<Element> result = new ArrayList<>();
        for (Window window : windows(range, at)) {
            OptionalDouble value = RangeFunctions.apply(function, window, parameter);
            if (value.isPresent()) {
                Labels labels = function == Function.LAST_OVER_TIME
                        ? window.labels()
                        : window.labels().withoutName();
                result.add(new Element(labels, value.getAsDouble()));
            }
        }
        return result;
    }

    private static List<Element> histogram(double quantile, List<Element> vector) {
        Map<Labels, List<Quantiles.Bucket>> histograms = new LinkedHashMap<>();
        for (Element element : vector) {
            bound(element.labels().get("le"))
                    .ifPresent(bound -> histograms
                            .computeIfAbsent(element.labels().without(Set.of("le")), labels -> new ArrayList<>())
                            .add(new Quantiles.Bucket(bound, element.value())));
        }
        List<Element> result = new ArrayList<>(histograms.size());
        histograms.forEach(
                (labels, buckets) -> result.add(new Element(labels, Quantiles.ofHistogram(quantile, buckets))));
        return result;
    }

    /** A bucket's bound; empty when the label is missing or no number: Prometheus ignores such elements. */
    private static Optional<Double> bound(String le) {
        try {
            return switch (le) {
                case "+Inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
                case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
                default -> Optional.of(Double.valueOf(le));
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<Element> absent(Expression argument, long at) throws PromqlException {
        if (!vector(argument, at).isEmpty()) {
            return List.of();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        if (argument instanceof Selector selector) {
            for (LabelMatcher matcher : selector.matchers()) {
                if (!matcher.label().equals(Labels.NAME)) {
                    matcher.onlyValue().ifPresent(value -> labels.put(matcher.label(), value));
                }
            }
        }
        return List.of(new Element(Labels.of(labels), 1));
    }

    private List<Element> aggregate(Aggregate aggregate, long at) throws PromqlException {
        double parameter =
                aggregate.parameter().isPresent() ? number(aggregate.parameter().get(), at) : Double.NaN;
        Map<Labels, List<Element>> groups = new LinkedHashMap<>();
        for (Element element : vector(aggregate.of(), at)) {
            groups.computeIfAbsent(aggregate.grouping().of(element.labels()), labels -> new ArrayList<>())
                    .add(element);
        }
        List<Element> result = new ArrayList<>();
        groups.forEach((labels, elements) -> {
            if (aggregate.operator().isSelection()) {
                // NaN is last either way.
                Comparator<Element> order = Comparator.comparing((Element e) -> Double.isNaN(e.value()));
                Comparator<Element> byValue = Comparator.comparingDouble(Element::value);
                elements.sort(
                        order.thenComparing(aggregate.operator() == Aggregation.TOPK ? byValue.reversed() : byValue));
                result.addAll(elements.subList(0, Math.clamp((long) parameter, 0, elements.size())));
            } else {
                double[] values = elements.stream().mapToDouble(Element::value).toArray();
                result.add(new Element(labels, aggregate.operator().of(values, parameter)));
            }
        });
        return result;
    }

    private List<Element> binary(Binary binary, long at) throws PromqlException {
        VectorOperations operations = new VectorOperations(query, binary);
        if (binary.left().type() == Type.SCALAR) {
            return operations.withNumber(vector(binary.right(), at), number(binary.left(), at), true);
        }
        if (binary.right().type() == Type.SCALAR) {
            return operations.withNumber(vector(binary.left(), at), number(binary.right(), at), false);
        }
        List<Element> left = vector(binary.left(), at);
        List<Element> right = vector(binary.right(), at);
        return binary.operator().isSet() ? operations.sets(left, right) : operations.vectors(left, right);
    }

    private static List<Element> map(List<Element> vector, DoubleUnaryOperator operator) {
        List<Element> result = new ArrayList<>(vector.size());
        for (Element element : vector) {
            result.add(new Element(element.labels().withoutName(), operator.applyAsDouble(element.value())));
        }
        return result;
    }

    private PromqlException error(Expression expression, String message) {
        return new PromqlException(query, expression.offset(), message);
    }

    /** The values of one series of the result while they come. */
    private static final class Column {
        private final int most;
        private long[] millis = new long[8];
        private double[] values = new double[8];
        private int size;

        Column(int most) {
            this.most = most;
        }

        void add(long moment, double value) {
            if (size == millis.length) {
                int grown = Math.max(size + 1, Math.min(most, size * 2));
                millis = Arrays.copyOf(millis, grown);
                values = Arrays.copyOf(values, grown);
            }
            millis[size] = moment;
            values[size++] = value;
        }

        TimeSeries series(Labels labels) {
            return new TimeSeries(labels, Arrays.copyOf(millis, size), java.util.Arrays.copyOf(values, size));
        }
    }
}
