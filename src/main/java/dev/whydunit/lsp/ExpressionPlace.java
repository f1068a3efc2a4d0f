package dev.whydunit.lsp;

import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an expression before the cursor.
 *
 * @param step the step that the expression belongs to; empty outside of steps
 * @param result whether it reads that step's result
 */
record ExpressionPlace(String before, String step, boolean result) {
    private static final Pattern END = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)*([A-Za-z_][A-Za-z0-9_]*)?$");
    private static final Pattern QUOTED_ID = Pattern.compile("probability\\(\\s*[\"']([a-z0-9_.]*)$");
    private static final Pattern ITEM = Pattern.compile(
            "([A-Za-z_][A-Za-z0-9_.]*)\\.(?:exists|exists_one|all|map|filter)\\(\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*,");

    /** The expression that the cursor is in; empty where none is. */
    static Optional<ExpressionPlace> of(CursorPlace place) {
        if (!place.value()) {
            return Optional.empty();
        }
        List<String> path = place.path();
        boolean inStep = path.size() > 2 && path.getFirst().equals("steps");
        String step = inStep ? path.get(1) : "";
        boolean finding = inStep && path.get(2).equals("findings");
        boolean output = inStep && path.get(2).equals("outputs");
        boolean bare = (finding && path.size() == 5 && place.key().equals("when"))
                || (output && path.size() == 4)
                || (inStep
                        && path.size() == 3
                        && (place.key().equals("if") || place.key().equals("for_each")));
        int open = place.typed().lastIndexOf("${{");
        if (open >= 0 && place.typed().indexOf("}}", open) < 0) {
            return Optional.of(new ExpressionPlace(place.typed().substring(open + 3), step, finding || output));
        }
        return bare && open < 0
                ? Optional.of(new ExpressionPlace(place.typed(), step, finding || output))
                : Optional.empty();
    }

    /** What of a hypothesis's id is written in {@code probability("…}; empty elsewhere. */
    Optional<String> asked() {
        Matcher asked = QUOTED_ID.matcher(before);
        return asked.find() ? Optional.of(asked.group(1)) : Optional.empty();
    }

    /** Whether the cursor is in a text in quotes. */
    boolean inText() {
        char quote = 0;
        for (int i = 0; i < before.length(); i++) {
            char c = before.charAt(i);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == '\\') {
                i++;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return quote != 0;
    }

    /** The dotted path that ends at the cursor. */
    String path() {
        Matcher end = END.matcher(before);
        return end.find() ? end.group() : "";
    }

    /** The names of the scope and those that a macro such as {@code rows.exists(r, …)} brings. */
    Scope withItems(Scope scope) {
        Scope all = scope;
        Matcher item = ITEM.matcher(before);
        while (item.find()) {
            Optional<ValueType> list = all.typeOf(item.group(1));
            all = all.with(
                    item.group(2),
                    list.filter(ValueType.ListOf.class::isInstance)
                            .map(type -> ((ValueType.ListOf) type).element())
                            .orElse(ValueType.Simple.DYNAMIC));
        }
        return all;
    }
}
