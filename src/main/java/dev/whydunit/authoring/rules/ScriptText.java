package dev.whydunit.authoring.rules;

import java.util.Set;

/** What can be told of a place in a shell script without running it. */
final class ScriptText {
    private static final char NO_QUOTE = 0;

    private static final Set<String> BEFORE_COMMAND =
            Set.of("then", "do", "else", "if", "while", "until", "sudo", "exec", "time", "nohup", "!", "{");

    private ScriptText() {}

    /** Whether a word at that place is in the position of a command. */
    static boolean commandAt(String script, int at) {
        if (inSingleQuotes(script, at) || commented(script, at)) {
            return false;
        }
        int end = at;
        while (end > 0 && (script.charAt(end - 1) == ' ' || script.charAt(end - 1) == '\t')) {
            end--;
        }
        if (end == 0 || "|;&(\n`".indexOf(script.charAt(end - 1)) >= 0) {
            return true;
        }
        int from = end;
        while (from > 0 && !Character.isWhitespace(script.charAt(from - 1))) {
            from--;
        }
        String before = script.substring(from, end);
        if (BEFORE_COMMAND.contains(before)) {
            return true;
        }
        // An assignment before a command is for that command.
        return before.matches("[A-Za-z_][A-Za-z0-9_]*=\\S*") && from != end && commandAt(script, from);
    }

    /** Whether that place is in a comment. */
    static boolean commented(String script, int at) {
        int line = script.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
        for (int i = line; i < at; i++) {
            if (script.charAt(i) == '#' && (i == line || Character.isWhitespace(script.charAt(i - 1)))) {
                return !inSingleQuotes(script, i);
            }
        }
        return false;
    }

    /** Whether that place is between single quotes: the shell takes nothing there for anything. */
    static boolean inSingleQuotes(String script, int at) {
        return openQuote(script, at) == '\'';
    }

    /** Whether that place is between double quotes, and not in a substitution of its own inside of them. */
    static boolean inDoubleQuotes(String script, int at) {
        return openQuote(script, at) == '"';
    }

    /** The quote that is open at that place; {@link #NO_QUOTE} when none is. One kind within the other is a character like any. */
    private static char openQuote(String script, int at) {
        char open = NO_QUOTE;
        for (int i = 0; i < at; i++) {
            char c = script.charAt(i);
            if (c == '\\' && open != '\'') {
                i++;
            } else if (c == open) {
                open = NO_QUOTE;
            } else if (open == NO_QUOTE && (c == '\'' || c == '"')) {
                open = c;
            } else if (c == '#' && open == NO_QUOTE && (i == 0 || Character.isWhitespace(script.charAt(i - 1)))) {
                int end = script.indexOf('\n', i);
                i = end < 0 ? at : end;
            }
        }
        return open;
    }
}
