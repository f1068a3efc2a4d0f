package dev.whydunit.runbook;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** The form of one label matcher as Alertmanager writes it: {@code name}, an operator, and a value in quotes or bare. */
final class MatcherSyntax {
    private MatcherSyntax() {}

    /** What is wrong with it; empty when nothing is. */
    static Optional<String> problem(String text) {
        String matcher = text.strip();
        int at = 0;
        while (at < matcher.length() && isName(matcher.charAt(at), at)) {
            at++;
        }
        if (at == 0) {
            return Optional.of("a matcher begins with a label's name");
        }
        int operator = at;
        while (operator < matcher.length() && matcher.charAt(operator) == ' ') {
            operator++;
        }
        String rest = matcher.substring(operator);
        int length = rest.startsWith("=~") || rest.startsWith("!~") || rest.startsWith("!=")
                ? 2
                : rest.startsWith("=") ? 1 : 0;
        if (length == 0 || rest.startsWith("==")) {
            return Optional.of("after '" + matcher.substring(0, at) + "' one of =, !=, =~ and !~ is expected");
        }
        String value = rest.substring(length).strip();
        if (value.startsWith("\"") && (value.length() < 2 || !value.endsWith("\""))) {
            return Optional.of("the value has no closing quote");
        }
        if (!value.startsWith("\"") && value.contains("\"")) {
            return Optional.of("the value has a quote in it but does not begin with one");
        }
        return rest.charAt(length - 1) == '~' ? pattern(value) : Optional.empty();
    }

    private static boolean isName(char c, int at) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (at > 0 && c >= '0' && c <= '9');
    }

    private static Optional<String> pattern(String value) {
        String pattern =
                value.startsWith("\"") ? value.substring(1, value.length() - 1).replace("\\\\", "\\") : value;
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("its regular expression is not valid: " + e.getDescription());
        }
    }
}
