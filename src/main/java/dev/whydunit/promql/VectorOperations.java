package dev.whydunit.promql;

import dev.whydunit.promql.Expression.Binary;
import dev.whydunit.promql.Expression.Cardinality;
import dev.whydunit.promql.Expression.Matching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operators between two vectors, or a vector and a number. */
final class VectorOperations {
    private final String query;
    private final Binary binary;
    private final Operator operator;
    private final Matching matching;

    VectorOperations(String query, Binary binary) {
        this.query = query;
        this.binary = binary;
        this.operator = binary.operator();
        this.matching = binary.matching();
    }

    static double scalars(Binary binary, double left, double right) {
        Operator operator = binary.operator();
        return operator.isComparison() ? (operator.holds(left, right) ? 1 : 0) : operator.compute(left, right);
    }

    /** @param numberFirst whether the number stands on the left */
    List<Element> withNumber(List<Element> vector, double number, boolean numberFirst) {
        List<Element> result = new ArrayList<>(vector.size());
        for (Element element : vector) {
            double left = numberFirst ? number : element.value();
            double right = numberFirst ? element.value() : number;
            if (!operator.isComparison()) {
                result.add(new Element(element.labels().withoutName(), operator.compute(left, right)));
            } else if (binary.bool()) {
                result.add(new Element(element.labels().withoutName(), operator.holds(left, right) ? 1 : 0));
            } else if (operator.holds(left, right)) {
                result.add(element);
            }
        }
        return result;
    }

    List<Element> sets(List<Element> left, List<Element> right) {
        Set<Labels> of = new HashSet<>();
        (operator == Operator.OR ? left : right).forEach(element -> of.add(matching.signature(element.labels())));
        List<Element> result = new ArrayList<>(operator == Operator.OR ? left : List.of());
        for (Element element : operator == Operator.OR ? right : left) {
            if (of.contains(matching.signature(element.labels())) == (operator == Operator.AND)) {
                result.add(element);
            }
        }
        return result;
    }

    List<Element> vectors(List<Element> left, List<Element> right) throws PromqlException {
        boolean swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
        Map<Labels, Element> ones = new HashMap<>();
        for (Element one : swapped ? left : right) {
            Labels signature = matching.signature(one.labels());
            if (ones.put(signature, one) != null) {
                throw new PromqlException(
                        query,
                        binary.offset(),
                        "several series on the " + (swapped ? "left" : "right") + " of \"" + operator.symbol
                                + "\" have the labels " + signature + ": aggregate them, or match on more labels");
            }
        }
        Set<Labels> matched = new HashSet<>();
        List<Element> result = new ArrayList<>();
        for (Element many : swapped ? right : left) {
            Labels signature = matching.signature(many.labels());
            Element one = ones.get(signature);
            if (one == null) {
                continue;
            }
            if (matching.cardinality() == Cardinality.ONE_TO_ONE && !matched.add(signature)) {
                throw new PromqlException(
                        query,
                        binary.offset(),
                        "several series on the left of \"" + operator.symbol + "\" match " + signature
                                + ": say group_left, or match on more labels");
            }
            double l = swapped ? one.value() : many.value();
            double r = swapped ? many.value() : one.value();
            if (!operator.isComparison()) {
                result.add(new Element(labels(many, one), operator.compute(l, r)));
            } else if (binary.bool()) {
                result.add(new Element(labels(many, one), operator.holds(l, r) ? 1 : 0));
            } else if (operator.holds(l, r)) {
                result.add(new Element(labels(many, one), l));
            }
        }
        return result;
    }

    private Labels labels(Element many, Element one) {
        boolean keepsName = operator.isComparison() && !binary.bool();
        Labels labels = keepsName ? many.labels() : many.labels().withoutName();
        if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
            if (matching.on()) {
                return labels.only(matching.labels());
            }
            String name = labels.get(Labels.NAME);
            return matching.labels().isEmpty()
                    ? labels
                    : labels.without(matching.labels()).with(Labels.NAME, name);
        }
        for (String include : matching.include()) {
            labels = labels.with(include, one.labels().get(include));
        }
        return labels;
    }
}
