package dev.whydunit.expression;

import java.util.ArrayList;
import java.util.List;

/** Finds the expressions in a text. An expression may hold {@code }}} in quotes or as the end of nested maps. */
final class TemplateCompiler {
    private static final String OPEN = "${{";

    private TemplateCompiler() {}

    static Compiled<Template> compile(String text, Scope scope) {
        List<Template.Part> parts = new ArrayList<>();
        List<Issue> issues = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            int end = end(text, open + OPEN.length());
            if (end < 0) {
                issues.add(new Issue(open, OPEN.length(), "this ${{ has no }}", "close it with }}"));
                return Compiled.bad(issues);
            }
            if (open > at) {
                parts.add(new Template.Part.Literal(text.substring(at, open)));
            }
            int from = open + OPEN.length();
            while (from < end && Character.isWhitespace(text.charAt(from))) {
                from++;
            }
            int start = from;
            Compiled<Expression> expression =
                    Expressions.compile(text.substring(from, end).stripTrailing(), scope);
            expression.issues().forEach(issue -> issues.add(issue.at(start)));
            expression.value().ifPresent(good -> parts.add(new Template.Part.Embedded(good, start)));
            at = end + 2;
        }
        if (at < text.length()) {
            parts.add(new Template.Part.Literal(text.substring(at)));
        }
        return issues.isEmpty() ? Compiled.good(new Template(text, parts)) : Compiled.bad(issues);
    }

    /** Where the {@code }}} stands that ends the expression; -1 when none does. */
    private static int end(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (c == '}' && i + 1 < text.length() && text.charAt(i + 1) == '}') {
                return i;
            }
        }
        return -1;
    }
}
