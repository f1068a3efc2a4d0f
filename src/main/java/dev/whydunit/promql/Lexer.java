package dev.whydunit.promql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a query into words. */
final class Lexer {
    private static final String[] SYMBOLS = {
        "==", "!=", ">=", "<=", "=~", "!~", "+", "-", "*", "/", "%", "^", ">", "<", "=", "(", ")", "{", "}", "[", "]",
        ",", ":", "@"
    };

    private final String query;
    private int at;

    private Lexer(String query) {
        this.query = query;
    }

    static List<Token> tokens(String query) throws PromqlException {
        Lexer lexer = new Lexer(query);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() throws PromqlException {
        skipBlanksAndComments();
        int start = at;
        if (at >= query.length()) {
            return new Token(Token.Kind.END, "", query.length());
        }
        char c = query.charAt(at);
        if (isDigit(c) || (c == '.' && at + 1 < query.length() && isDigit(query.charAt(at + 1)))) {
            return numberOrDuration(start);
        }
        if (isNameStart(c)) {
            while (at < query.length() && isNamePart(query.charAt(at))) {
                at++;
            }
            return new Token(Token.Kind.NAME, query.substring(start, at), start);
        }
        if (c == '"' || c == '\'' || c == '`') {
            return new Token(Token.Kind.STRING, string(c), start);
        }
        for (String symbol : SYMBOLS) {
            if (query.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, start);
            }
        }
        throw new PromqlException(query, start, "unexpected character " + shown(c));
    }

    private static String shown(char c) {
        return c < ' ' || c == 0x7f ? String.format("U+%04X", (int) c) : "\"" + c + "\"";
    }

    private void skipBlanksAndComments() {
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == '#') {
                while (at < query.length() && query.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private Token numberOrDuration(int start) throws PromqlException {
        while (at < query.length() && isDigit(query.charAt(at))) {
            at++;
        }
        if (at < query.length() && Durations.isUnitStart(query.charAt(at))) {
            while (at < query.length() && query.charAt(at) != ':' && isNamePart(query.charAt(at))) {
                at++;
            }
            String text = query.substring(start, at);
            if (Durations.millis(text).isEmpty()) {
                throw new PromqlException(query, start, "\"" + text + "\" is no duration such as 30s, 5m or 1h30m");
            }
            return new Token(Token.Kind.DURATION, text, start);
        }
        if (at < query.length() && query.charAt(at) == '.') {
            at++;
            while (at < query.length() && isDigit(query.charAt(at))) {
                at++;
            }
        }
        if (at < query.length() && (query.charAt(at) == 'e' || query.charAt(at) == 'E')) {
            at++;
            if (at < query.length() && (query.charAt(at) == '+' || query.charAt(at) == '-')) {
                at++;
            }
            while (at < query.length() && isDigit(query.charAt(at))) {
                at++;
            }
        }
        if (at < query.length() && isNamePart(query.charAt(at))) {
            throw new PromqlException(query, start, "bad number: \"" + query.substring(start, at + 1) + "\"");
        }
        return new Token(Token.Kind.NUMBER, query.substring(start, at), start);
    }

    private String string(char quote) throws PromqlException {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < query.length()) {
            char c = query.charAt(at++);
            if (c == quote) {
                return value.toString();
            }
            if (c == '\n' && quote != '`') {
                break;
            }
            if (c == '\\' && quote != '`') {
                value.appendCodePoint(escape(start));
            } else {
                value.append(c);
            }
        }
        throw new PromqlException(query, start, "the string that begins here does not end");
    }

    private int escape(int start) throws PromqlException {
        if (at >= query.length()) {
            throw new PromqlException(query, start, "the string that begins here does not end");
        }
        char c = query.charAt(at++);
        return switch (c) {
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case '\\', '"', '\'' -> c;
            case 'x' -> code(2, 16);
            case 'u' -> code(4, 16);
            case 'U' -> code(8, 16);
            default -> {
                if (c >= '0' && c <= '7') {
                    at--;
                    yield code(3, 8);
                }
                throw new PromqlException(query, at - 2, "unknown escape \"\\" + c + "\"");
            }
        };
    }

    private int code(int digits, int radix) throws PromqlException {
        try {
            long code = Long.parseLong(query.substring(at, at + digits), radix);
            if (code > Character.MAX_CODE_POINT) {
                throw new NumberFormatException("beyond Unicode");
            }
            at += digits;
            return (int) code;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new PromqlException(query, at - 1, "bad escape in a string");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }
}
