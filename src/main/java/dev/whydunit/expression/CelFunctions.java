package dev.whydunit.expression;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that expressions may call: their declarations. {@link CelMachine} holds what they do. */
final class CelFunctions {
    static final String PROBABILITY = "probability";

    /** Left out: types as values, bytes and unsigned numbers, which no runbook needs. */
    private static final Set<StandardFunction> LEFT_OUT = EnumSet.of(
            StandardFunction.TYPE,
            StandardFunction.UINT,
            StandardFunction.BYTES,
            StandardFunction.OLD_IN,
            StandardFunction.OLD_NOT_STRICTLY_FALSE);

    /** Every function and operator by its name in a parsed expression. */
    static final Map<String, CelFunctionDecl> BY_NAME = byName();

    private CelFunctions() {}

    private static Map<String, CelFunctionDecl> byName() {
        Map<String, CelFunctionDecl> all = new LinkedHashMap<>();
        for (StandardFunction standard : StandardFunction.values()) {
            if (!LEFT_OUT.contains(standard)) {
                all.put(standard.functionDecl().name(), trimmed(standard.functionDecl()));
            }
        }
        for (CelFunctionDecl added : added()) {
            all.merge(added.name(), added, CelFunctions::both);
        }
        return Map.copyOf(all);
    }

    /** Without bytes and unsigned numbers: the checker compares all overloads of a function with each other, each time. */
    private static CelFunctionDecl trimmed(CelFunctionDecl function) {
        List<CelOverloadDecl> kept = function.overloads().stream()
                .filter(overload -> !overload.parameterTypes().contains(SimpleType.UINT)
                        && !overload.parameterTypes().contains(SimpleType.BYTES))
                .toList();
        return newFunctionDeclaration(function.name(), kept);
    }

    private static CelFunctionDecl both(CelFunctionDecl standard, CelFunctionDecl added) {
        List<CelOverloadDecl> overloads = new ArrayList<>(standard.overloads());
        overloads.addAll(added.overloads());
        return newFunctionDeclaration(standard.name(), overloads);
    }

    private static List<CelFunctionDecl> added() {
        return List.of(
                newFunctionDeclaration(
                        PROBABILITY, newGlobalOverload("probability_string", SimpleType.DOUBLE, SimpleType.STRING)),
                newFunctionDeclaration(
                        "double", newGlobalOverload("duration_to_double", SimpleType.DOUBLE, SimpleType.DURATION)),
                numbers("min"),
                numbers("max"),
                newFunctionDeclaration(
                        "abs",
                        newGlobalOverload("abs_int", SimpleType.INT, SimpleType.INT),
                        newGlobalOverload("abs_double", SimpleType.DOUBLE, SimpleType.DOUBLE),
                        newGlobalOverload("abs_duration", SimpleType.DURATION, SimpleType.DURATION)),
                rounding("round"),
                rounding("floor"),
                rounding("ceil"),
                text("lowerAscii"),
                text("upperAscii"),
                text("trim"),
                newFunctionDeclaration(
                        "split",
                        newMemberOverload(
                                "split_string",
                                ListType.create(SimpleType.STRING),
                                SimpleType.STRING,
                                SimpleType.STRING)),
                newFunctionDeclaration(
                        "join",
                        newMemberOverload(
                                "join_list",
                                SimpleType.STRING,
                                ListType.create(SimpleType.STRING),
                                SimpleType.STRING)));
    }

    private static CelFunctionDecl numbers(String name) {
        return newFunctionDeclaration(
                name,
                newGlobalOverload(name + "_int", SimpleType.INT, SimpleType.INT, SimpleType.INT),
                newGlobalOverload(name + "_double", SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.DOUBLE),
                newGlobalOverload(name + "_int_double", SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE),
                newGlobalOverload(name + "_double_int", SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT),
                newGlobalOverload(name + "_duration", SimpleType.DURATION, SimpleType.DURATION, SimpleType.DURATION),
                newGlobalOverload(
                        name + "_timestamp", SimpleType.TIMESTAMP, SimpleType.TIMESTAMP, SimpleType.TIMESTAMP));
    }

    private static CelFunctionDecl rounding(String name) {
        return newFunctionDeclaration(name, newGlobalOverload(name + "_double", SimpleType.INT, SimpleType.DOUBLE));
    }

    private static CelFunctionDecl text(String name) {
        return newFunctionDeclaration(name, newMemberOverload(name + "_string", SimpleType.STRING, SimpleType.STRING));
    }
}
