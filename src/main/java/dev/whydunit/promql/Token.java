package dev.whydunit.promql;

/**
 * A word of a query.
 *
 * @param text as written; of a string: its value
 * @param offset where it begins
 */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** A keyword is a name that stands where one is expected; PromQL's are case-insensitive. */
    boolean isWord(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }

    String shown() {
        return switch (kind) {
            case END -> "the end of the query";
            case STRING -> "a string";
            default -> "\"" + text + "\"";
        };
    }
}
