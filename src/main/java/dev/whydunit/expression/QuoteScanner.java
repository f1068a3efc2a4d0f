package dev.whydunit.expression;

import java.util.Optional;

/** Follows the quotes of a query language through the author's text, to see whether a value would end up inside of them. */
final class QuoteScanner {
    private static final char NONE = 0;
    private static final char LINE_COMMENT = '#';
    private static final char BLOCK_COMMENT = '*';

    private final Sink sink;
    private char open = NONE;

    QuoteScanner(Sink sink) {
        this.sink = sink;
    }

    /** What is open now, in words. */
    Optional<String> open() {
        return switch (open) {
            case NONE -> Optional.empty();
            case LINE_COMMENT, BLOCK_COMMENT -> Optional.of("a comment");
            case '/' -> Optional.of("a regular expression");
            default -> Optional.of("quotes");
        };
    }

    void read(String text) {
        switch (sink) {
            case LUCENE -> scan(text, "\"/", true);
            case PROMQL -> scan(text, "\"'`", true);
            case SQL -> scan(text, "\"'", false);
            case PLAIN, ARGUMENT, URL, BPF, LITERAL -> {}
        }
    }

    private void scan(String text, String quotes, boolean escapes) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : NONE;
            if (open == LINE_COMMENT) {
                open = c == '\n' ? NONE : open;
            } else if (open == BLOCK_COMMENT) {
                open = c == '*' && next == '/' ? NONE : open;
            } else if (escapes && c == '\\' && open != '`') {
                i++;
            } else if (open != NONE) {
                open = c == open ? NONE : open;
            } else if (quotes.indexOf(c) >= 0) {
                open = c;
            } else if ((sink == Sink.PROMQL && c == '#') || (sink == Sink.SQL && c == '-' && next == '-')) {
                open = LINE_COMMENT;
            } else if (sink == Sink.SQL && c == '/' && next == '*') {
                open = BLOCK_COMMENT;
                i++;
            }
        }
    }
}
