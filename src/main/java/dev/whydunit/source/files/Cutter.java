package dev.whydunit.source.files;

/** Cuts a text piece by piece from its beginning. Once a piece is missing it is no longer intact, and all further pieces are empty. */
final class Cutter {
    private final String text;
    private int at;
    private boolean intact = true;

    Cutter(String text) {
        this.text = text;
    }

    boolean intact() {
        return intact;
    }

    /** All that is left. */
    String rest() {
        return text.substring(at);
    }

    /** What stands before the first of these two characters, or all that is left; stays where it is. */
    String ahead(char one, char other) {
        int end = at;
        while (end < text.length() && text.charAt(end) != one && text.charAt(end) != other) {
            end++;
        }
        return text.substring(at, end);
    }

    /** Whether nothing is left. */
    boolean ended() {
        return at >= text.length();
    }

    /** What stands before the mark; goes behind the mark. At the end of the text a missing blank is no fault. */
    String until(String mark) {
        int found = intact ? text.indexOf(mark, at) : -1;
        if (found < 0) {
            boolean last = intact && mark.equals(" ") && at < text.length();
            String piece = last ? text.substring(at) : "";
            intact = last;
            at = text.length();
            return piece;
        }
        String piece = text.substring(at, found);
        at = found + mark.length();
        return piece;
    }

    /** Goes behind the mark when it comes next. */
    boolean skip(String mark) {
        boolean next = intact && text.startsWith(mark, at);
        if (next) {
            at += mark.length();
        }
        return next;
    }

    /** What stands before the next quotation mark that no backslash stands before; goes behind it. */
    String quoted() {
        StringBuilder piece = new StringBuilder();
        while (intact && at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return piece.toString();
            }
            if (c == '\\' && at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\')) {
                c = text.charAt(at++);
            }
            piece.append(c);
        }
        intact = false;
        return "";
    }
}
