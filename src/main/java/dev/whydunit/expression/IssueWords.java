package dev.whydunit.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.whydunit.schema.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parser's and the checker's findings, said so that an author sees what to change. */
final class IssueWords {
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("_>_", ">"),
            Map.entry("_<_", "<"),
            Map.entry("_>=_", ">="),
            Map.entry("_<=_", "<="),
            Map.entry("_==_", "=="),
            Map.entry("_!=_", "!="),
            Map.entry("_+_", "+"),
            Map.entry("_-_", "-"),
            Map.entry("_*_", "*"),
            Map.entry("_/_", "/"),
            Map.entry("_%_", "%"),
            Map.entry("_&&_", "&&"),
            Map.entry("_||_", "||"),
            Map.entry("@in", "in"));
    private static final String OVERLOAD = "found no matching overload for '";

    private final String text;
    private final Scope scope;
    private final CelAbstractSyntaxTree tree;
    private final ParsedExpression mentions;

    IssueWords(String text, Scope scope, CelAbstractSyntaxTree tree, ParsedExpression mentions) {
        this.text = text;
        this.scope = scope;
        this.tree = tree;
        this.mentions = mentions;
    }

    /** The first error of the parser; those after it are mostly its echo. */
    static Issue syntax(String text, List<CelIssue> errors) {
        CelIssue first = errors.getFirst();
        int offset = offset(text, first);
        String words = first.getMessage();
        if (text.isBlank()) {
            return new Issue(0, 1, "there is no expression", "");
        }
        if (words.contains("recursion limit") || words.contains("too deep")) {
            return new Issue(0, text.length(), "the expression is nested too deeply", "split it");
        }
        if (words.contains("size exceeds")) {
            return new Issue(0, 1, "the expression is too long", "split it");
        }
        String rest = text.substring(Math.min(offset, text.length()));
        if (rest.startsWith("=") && !rest.startsWith("==")) {
            return new Issue(offset, 1, "'=' does not compare", "write == to compare");
        }
        if (rest.startsWith("\"") || rest.startsWith("'")) {
            return new Issue(offset, rest.length(), "this text has no closing quote", "");
        }
        if (words.contains("'<EOF>'") && !words.contains("extraneous") && !words.contains("expecting <EOF>")) {
            return ended(text);
        }
        String word = word(rest);
        String help = switch (word) {
            case "and" -> "write && for and";
            case "or" -> "write || for or";
            case "not" -> "write ! for not";
            case "is" -> "write == to compare";
            case "&" -> "write && for and";
            case "|" -> "write || for or";
            default -> "";
        };
        return new Issue(offset, word.length(), "'" + word + "' is not expected here", help);
    }

    private static Issue ended(String text) {
        int last = Math.max(0, text.stripTrailing().length() - 1);
        for (String pair : List.of("()", "[]", "{}")) {
            long open = text.chars().filter(c -> c == pair.charAt(0)).count();
            if (open > text.chars().filter(c -> c == pair.charAt(1)).count()) {
                return new Issue(last, 1, "a '" + pair.charAt(0) + "' is not closed", "add a '" + pair.charAt(1) + "'");
            }
        }
        return new Issue(last, 1, "the expression ends too early", "");
    }

    private static String word(String rest) {
        int end = 0;
        while (end < rest.length() && Character.isJavaIdentifierPart(rest.charAt(end))) {
            end++;
        }
        return rest.substring(0, Math.max(end, Math.min(1, rest.length())));
    }

    /** Variables and functions that the scope does not have. */
    List<Issue> unknownNames() {
        List<Issue> issues = new ArrayList<>();
        for (String function : mentions.functions()) {
            if (!CelFunctions.BY_NAME.containsKey(function)) {
                Set<String> known = new TreeSet<>(CelFunctions.BY_NAME.keySet());
                known.removeIf(name -> !Character.isLetter(name.charAt(0)));
                known.addAll(List.of("has", "all", "exists", "exists_one", "map", "filter"));
                issues.add(new Issue(
                        find(function),
                        function.length(),
                        "unknown function '" + function + "'",
                        Spelling.didYouMean(function, known)));
            }
        }
        if (!issues.isEmpty()) {
            // The names that a misspelt macro would bind are not the author's mistake.
            return issues;
        }
        for (String root : mentions.roots()) {
            if (scope.type(root).isEmpty()) {
                Set<String> known = new TreeSet<>(scope.names());
                issues.add(new Issue(
                        find(root),
                        root.length(),
                        "unknown name '" + root + "'",
                        Spelling.didYouMeanOr(root, known, "known here")));
            }
        }
        return issues;
    }

    /** Where a name stands as a word of its own; the beginning when it is nowhere. */
    private int find(String name) {
        int at = text.indexOf(name);
        while (at >= 0) {
            boolean before = at > 0 && (Character.isJavaIdentifierPart(text.charAt(at - 1)));
            int end = at + name.length();
            boolean after = end < text.length() && Character.isJavaIdentifierPart(text.charAt(end));
            if (!before && !after) {
                return at;
            }
            at = text.indexOf(name, at + 1);
        }
        return 0;
    }

    /** What the checker found; empty where {@link #unknownNames} has said it already. */
    Optional<Issue> type(CelIssue issue) {
        String words = issue.getMessage();
        int offset = offset(text, issue);
        if (words.startsWith("undeclared reference")) {
            return Optional.empty();
        }
        if (words.startsWith("undefined field '")) {
            return Optional.of(field(words.substring(17, words.lastIndexOf('\'')), offset));
        }
        if (words.startsWith(OVERLOAD)) {
            return Optional.of(overload(words, offset));
        }
        if (words.contains("does not support field selection")) {
            String type = pretty(words.replaceFirst("type '", "").replaceFirst("' does not support.*", ""));
            return Optional.of(new Issue(offset, 1, "a value of type " + type + " has no fields", ""));
        }
        if (words.contains("cannot be the range of a comprehension")) {
            return Optional.of(
                    new Issue(offset, 1, "exists, all, map and filter need a list or a map before them", ""));
        }
        return Optional.of(new Issue(offset, 1, words, ""));
    }

    private Issue field(String name, int dot) {
        int at = dot < text.length() && text.charAt(dot) == '.' ? dot + 1 : dot;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        for (CelExpr select : mentions.selects().values()) {
            if (select.select().field().equals(name) && offsetOf(select.id()) == dot) {
                CelExpr operand = select.select().operand();
                Optional<ValueType> type = typeOf(operand, mentions.boundAround(select.id()), 0);
                if (type.isPresent() && type.get() instanceof ValueType.Struct struct) {
                    String of =
                            operandText(operand).map(words -> "'" + words + "'").orElse("this");
                    return new Issue(
                            at,
                            name.length(),
                            of + " has no field '" + name + "'",
                            Spelling.didYouMeanOr(name, struct.fields().keySet(), "its fields"));
                }
            }
        }
        return new Issue(at, name.length(), "there is no field '" + name + "'", "");
    }

    private Optional<String> operandText(CelExpr operand) {
        return switch (operand.getKind()) {
            case IDENT -> Optional.of(operand.ident().name());
            case SELECT ->
                operandText(operand.select().operand())
                        .map(start -> start + "." + operand.select().field());
            default -> Optional.empty();
        };
    }

    /** The static type of a chain of fields and elements; empty for anything else. */
    private Optional<ValueType> typeOf(CelExpr expr, Map<String, CelExpr> bound, int depth) {
        if (depth > 20) {
            return Optional.empty();
        }
        return switch (expr.getKind()) {
            case IDENT -> {
                CelExpr range = bound.get(expr.ident().name());
                yield range == null
                        ? scope.type(expr.ident().name())
                        : typeOf(range, bound, depth + 1).flatMap(IssueWords::element);
            }
            case SELECT ->
                typeOf(expr.select().operand(), bound, depth + 1)
                        .flatMap(type -> Scope.field(type, expr.select().field()));
            case CALL ->
                expr.call().function().equals("_[_]")
                        ? typeOf(expr.call().args().getFirst(), bound, depth + 1)
                                .flatMap(IssueWords::element)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ValueType> element(ValueType type) {
        return switch (type) {
            case ValueType.ListOf list -> Optional.of(list.element());
            case ValueType.MapOf map -> Optional.of(map.value());
            default -> Optional.empty();
        };
    }

    private Issue overload(String words, int offset) {
        String function = words.substring(OVERLOAD.length(), words.indexOf('\'', OVERLOAD.length()));
        int open = words.indexOf("applied to '");
        String applied = open < 0 ? "" : words.substring(open + 12, words.indexOf('\'', open + 12));
        String operator = OPERATORS.get(function);
        String types = pretty(applied);
        if (operator == null) {
            String shown = function.equals("_[_]")
                    ? "[ ]"
                    : function.equals("!_") ? "!" : function.equals("-_") ? "-" : function;
            int at = function.startsWith("_") || function.endsWith("_") ? offset : find(function);
            return new Issue(at, shown.length(), "'" + shown + "' cannot be applied to " + types, help(types, shown));
        }
        String both = types.startsWith("(") ? types.substring(1, types.length() - 1) : types;
        String sentence = both.replaceFirst(", ", " " + operator + " ");
        return new Issue(
                offset, operator.length(), "these types do not go together: " + sentence, help(types, operator));
    }

    private static String help(String types, String operator) {
        if (types.contains("duration") && (types.contains("double") || types.contains("int"))) {
            return "double(…) of a duration gives its seconds; duration(\"5m\") makes one";
        }
        if (types.contains("string") && (types.contains("double") || types.contains("int"))) {
            return "double(…) reads a number from a text";
        }
        if (types.contains("int") && types.contains("double")) {
            return "write double(…) around the whole number, or 2.0 for 2";
        }
        if (types.contains("timestamp") && types.contains("string")) {
            return "timestamp(\"2026-01-01T00:00:00Z\") makes a moment";
        }
        if (operator.equals("&&") || operator.equals("||") || operator.equals("!")) {
            return "both sides are conditions: compare the value, for example value > 0";
        }
        return "";
    }

    /** CEL's names of types as the language has them. */
    private static String pretty(String types) {
        String plain = types.replace("google.protobuf.Duration", "duration")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("list(", "list of (")
                .replace("map(string, ", "map of (");
        StringBuilder shown = new StringBuilder();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i <= plain.length(); i++) {
            char c = i < plain.length() ? plain.charAt(i) : ' ';
            if (Character.isJavaIdentifierPart(c) || c == '.') {
                name.append(c);
            } else {
                shown.append(name.substring(name.lastIndexOf(".") + 1));
                name.setLength(0);
                if (i < plain.length()) {
                    shown.append(c);
                }
            }
        }
        return shown.toString().replace("(dyn", "(any type").replace(" dyn", " any type");
    }

    /** An issue about a part of the expression. */
    Issue at(long id, int length, String message, String help) {
        return new Issue(offsetOf(id), length, message, help);
    }

    /** Where a part stands, in chars. */
    int offsetOf(long id) {
        Integer codePoints = tree.getSource().getPositionsMap().get(id);
        return codePoints == null ? 0 : chars(text, codePoints);
    }

    private static int offset(String text, CelIssue issue) {
        int line = 1;
        int start = 0;
        while (line < issue.getSourceLocation().getLine() && text.indexOf('\n', start) >= 0) {
            start = text.indexOf('\n', start) + 1;
            line++;
        }
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        return Math.min(text.length(), start + chars(text.substring(start), column));
    }

    private static int chars(String text, int codePoints) {
        return text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    }
}
