package dev.whydunit.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a parsed expression mentions: variables, functions, hypotheses, patterns. Names bound by a macro are not variables. */
final class ParsedExpression {
    /** A text constant at a place of its own in the expression. */
    record Text(long id, String value) {}

    /** An argument that must be a constant and is none. */
    record Moving(long id, String function) {}

    private final Set<String> roots = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final Set<String> paths = new LinkedHashSet<>();
    private final List<Text> hypotheses = new ArrayList<>();
    private final List<Text> patterns = new ArrayList<>();
    private final List<Text> durations = new ArrayList<>();
    private final List<Moving> moving = new ArrayList<>();
    private final Map<Long, CelExpr> selects = new HashMap<>();
    private final Map<Long, Map<String, CelExpr>> bound = new HashMap<>();

    private ParsedExpression() {}

    static ParsedExpression of(CelAbstractSyntaxTree ast) {
        ParsedExpression parsed = new ParsedExpression();
        parsed.visit(ast.getExpr(), Map.of());
        return parsed;
    }

    /** Variables. */
    Set<String> roots() {
        return roots;
    }

    Set<String> functions() {
        return functions;
    }

    /** Dotted paths from a variable as far as they are fixed. */
    Set<String> paths() {
        return Collections.unmodifiableSet(paths);
    }

    /** Arguments of {@code probability}. */
    List<Text> hypotheses() {
        return hypotheses;
    }

    /** Arguments of {@code matches}. */
    List<Text> patterns() {
        return patterns;
    }

    /** Arguments of {@code duration}. */
    List<Text> durations() {
        return durations;
    }

    /** Calls of {@code matches} and {@code probability} whose argument is not a constant. */
    List<Moving> moving() {
        return moving;
    }

    /** Every selection of a field, by its id. */
    Map<Long, CelExpr> selects() {
        return selects;
    }

    /** Names bound by macros around a selection, with the list or map that each runs over. */
    Map<String, CelExpr> boundAround(long select) {
        return bound.getOrDefault(select, Map.of());
    }

    private void visit(CelExpr expr, Map<String, CelExpr> names) {
        Optional<String> path = path(expr, names);
        path.ifPresent(paths::add);
        switch (expr.getKind()) {
            case IDENT -> {
                if (!names.containsKey(expr.ident().name())) {
                    roots.add(expr.ident().name());
                }
            }
            case SELECT -> {
                selects.put(expr.id(), expr);
                bound.put(expr.id(), names);
                visitOperand(expr.select().operand(), names, path.isPresent());
            }
            case CALL -> call(expr, names);
            case LIST -> expr.list().elements().forEach(element -> visit(element, names));
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    visit(entry.key(), names);
                    visit(entry.value(), names);
                });
            case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value(), names));
            case COMPREHENSION -> comprehension(expr.comprehension(), names);
            case CONSTANT, NOT_SET -> {}
        }
    }

    /** The parts of a path are no paths of their own: {@code a.b.c} does not also read {@code a.b}. */
    private void visitOperand(CelExpr operand, Map<String, CelExpr> names, boolean partOfPath) {
        if (!partOfPath) {
            visit(operand, names);
            return;
        }
        CelExpr at = operand;
        while (at.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            if (at.getKind() == CelExpr.ExprKind.Kind.SELECT) {
                selects.put(at.id(), at);
                bound.put(at.id(), names);
                at = at.select().operand();
            } else {
                functions.add(at.call().function());
                at = at.call().args().getFirst();
            }
        }
        roots.add(at.ident().name());
    }

    private void call(CelExpr expr, Map<String, CelExpr> names) {
        CelExpr.CelCall call = expr.call();
        functions.add(call.function());
        if (path(expr, names).isPresent()) {
            visitOperand(call.args().getFirst(), names, true);
            return;
        }
        call.target().ifPresent(target -> visit(target, names));
        call.args().forEach(argument -> visit(argument, names));
        if (call.args().isEmpty()) {
            return;
        }
        CelExpr last = call.args().getLast();
        Optional<String> constant = string(last);
        switch (call.function()) {
            case "matches" -> note("matches", patterns, constant, last);
            case CelFunctions.PROBABILITY -> note(CelFunctions.PROBABILITY, hypotheses, constant, last);
            case "duration" -> constant.ifPresent(text -> durations.add(new Text(last.id(), text)));
            default -> {}
        }
    }

    private void note(String function, List<Text> texts, Optional<String> constant, CelExpr argument) {
        if (constant.isPresent()) {
            texts.add(new Text(argument.id(), constant.get()));
        } else {
            moving.add(new Moving(argument.id(), function));
        }
    }

    private void comprehension(CelExpr.CelComprehension loop, Map<String, CelExpr> names) {
        visit(loop.iterRange(), names);
        Map<String, CelExpr> inner = new HashMap<>(names);
        inner.put(loop.accuVar(), loop.accuInit());
        visit(loop.accuInit(), names);
        inner.put(loop.iterVar(), loop.iterRange());
        if (!loop.iterVar2().isEmpty()) {
            inner.put(loop.iterVar2(), loop.iterRange());
        }
        visit(loop.loopCondition(), inner);
        visit(loop.loopStep(), inner);
        Map<String, CelExpr> after = new HashMap<>(names);
        after.put(loop.accuVar(), loop.accuInit());
        visit(loop.result(), after);
    }

    /** The dotted path that an expression is, from a variable by fields and constant text keys. */
    private static Optional<String> path(CelExpr expr, Map<String, CelExpr> names) {
        return switch (expr.getKind()) {
            case IDENT ->
                names.containsKey(expr.ident().name())
                        ? Optional.empty()
                        : Optional.of(expr.ident().name());
            case SELECT ->
                path(expr.select().operand(), names)
                        .map(start -> start + "." + expr.select().field());
            case CALL ->
                expr.call().function().equals("_[_]")
                        ? string(expr.call().args().getLast())
                                .filter(key -> key.indexOf('.') < 0)
                                .flatMap(key -> path(expr.call().args().getFirst(), names)
                                        .map(start -> start + "." + key))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    static Optional<String> string(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expr.constant().stringValue())
                : Optional.empty();
    }
}
