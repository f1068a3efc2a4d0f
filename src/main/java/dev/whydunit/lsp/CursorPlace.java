package dev.whydunit.lsp;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a YAML text the cursor is, told from the text before it alone, so that what follows may be broken.
 *
 * @param path the keys above, from the root; an item of a list is "-"
 * @param value whether a value is written there, of the last key of the path; else a key
 * @param typed what stands of it before the cursor, without its opening quote
 */
record CursorPlace(List<String> path, boolean value, String typed) {
    CursorPlace {
        path = List.copyOf(path);
    }

    /** The place at that offset. */
    static CursorPlace at(String text, int offset) {
        return new Walk(text.substring(0, offset)).place();
    }

    /** The key whose value or entries are written here; empty at the root. */
    String key() {
        return path.isEmpty() ? "" : path.getLast();
    }

    /** The end of the path, such as {@code findings, *, when}, where * is any key. */
    boolean endsWith(String... keys) {
        int from = path.size() - keys.length;
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < keys.length; i++) {
            if (!keys[i].equals("*") && !keys[i].equals(path.get(from + i))) {
                return false;
            }
        }
        return true;
    }

    private record Frame(int indent, String key) {}

    private static final class Walk {
        private final String text;
        private final List<Frame> frames = new ArrayList<>();
        private int at;
        /** How far the line is indented in which a value in flow style began. */
        private int outer;

        Walk(String text) {
            this.text = text;
        }

        CursorPlace place() {
            while (true) {
                int start = at;
                int indent = 0;
                while (at < text.length() && text.charAt(at) == ' ') {
                    indent++;
                    at++;
                }
                if (at >= text.length()) {
                    leave(indent);
                    return here(false, "");
                }
                char c = text.charAt(at);
                if (c == '\n' || c == '\r' || c == '#') {
                    nextLine();
                    if (at >= text.length() && text.charAt(text.length() - 1) != '\n') {
                        return here(false, text.substring(start));
                    }
                    continue;
                }
                CursorPlace found = line(indent);
                if (found != null) {
                    return found;
                }
            }
        }

        private void nextLine() {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        }

        private void leave(int indent) {
            while (!frames.isEmpty() && frames.getLast().indent() >= indent) {
                frames.removeLast();
            }
        }

        private CursorPlace here(boolean value, String typed) {
            return new CursorPlace(frames.stream().map(Frame::key).toList(), value, typed);
        }

        /** One line in block style; the place when the text ends in it. */
        private @org.jspecify.annotations.Nullable CursorPlace line(int start) {
            int indent = start;
            while (text.startsWith("- ", at) || (text.startsWith("-", at) && at + 1 == text.length())) {
                leave(indent);
                frames.add(new Frame(indent, "-"));
                at++;
                indent++;
                while (at < text.length() && text.charAt(at) == ' ') {
                    at++;
                    indent++;
                }
            }
            if (at >= text.length()) {
                return here(true, "");
            }
            boolean item = !frames.isEmpty()
                    && frames.getLast().key().equals("-")
                    && frames.getLast().indent() < indent;
            int end = text.indexOf('\n', at);
            int stop = end < 0 ? text.length() : end;
            int colon = colon(at, stop);
            if (colon < 0) {
                if (item || "\"'{[".indexOf(text.charAt(at)) >= 0) {
                    return value(indent);
                }
                leave(indent);
                if (end < 0) {
                    return here(false, text.substring(at));
                }
                at = end + 1;
                return null;
            }
            leave(indent);
            frames.add(new Frame(indent, unquoted(text.substring(at, colon))));
            at = colon + 1;
            return value(indent);
        }

        /** The colon that ends a key on this line; -1 when there is none. */
        private int colon(int from, int stop) {
            char first = text.charAt(from);
            if (first == '{' || first == '[') {
                return -1;
            }
            int i = from;
            if (first == '"' || first == '\'') {
                i = text.indexOf(first, from + 1);
                if (i < 0 || i >= stop) {
                    return -1;
                }
            }
            for (; i < stop; i++) {
                if (text.charAt(i) == ':' && (i + 1 >= stop || Character.isWhitespace(text.charAt(i + 1)))) {
                    return i;
                }
            }
            return -1;
        }

        private static String unquoted(String key) {
            String bare = key.strip();
            return bare.length() > 1 && "\"'".indexOf(bare.charAt(0)) >= 0
                    ? bare.substring(1, bare.length() - 1)
                    : bare;
        }

        private @org.jspecify.annotations.Nullable CursorPlace value(int indent) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at >= text.length()) {
                return here(true, "");
            }
            char c = text.charAt(at);
            if (c == '\n' || c == '\r' || c == '#') {
                nextLine();
                return at >= text.length() && text.charAt(text.length() - 1) != '\n' ? here(true, "") : null;
            }
            if (c == '|' || c == '>') {
                return block(indent);
            }
            if (c == '"' || c == '\'') {
                CursorPlace inside = quoted(c);
                if (inside == null) {
                    nextLine();
                }
                return inside;
            }
            if (c == '{' || c == '[') {
                outer = indent;
                CursorPlace inside = flow();
                if (inside == null) {
                    nextLine();
                }
                return inside;
            }
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return here(true, text.substring(at));
            }
            at = end + 1;
            return null;
        }

        private @org.jspecify.annotations.Nullable CursorPlace block(int indent) {
            nextLine();
            int start = at;
            while (at < text.length()) {
                int in = 0;
                while (at + in < text.length() && text.charAt(at + in) == ' ') {
                    in++;
                }
                boolean blank =
                        at + in >= text.length() || text.charAt(at + in) == '\n' || text.charAt(at + in) == '\r';
                if (!blank && in <= indent) {
                    return null;
                }
                if (at + in >= text.length() && in <= indent) {
                    return null;
                }
                nextLine();
                if (at >= text.length() && text.charAt(text.length() - 1) != '\n') {
                    return here(true, text.substring(start));
                }
            }
            return null;
        }

        private @org.jspecify.annotations.Nullable CursorPlace quoted(char quote) {
            int start = ++at;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\\' && quote == '"') {
                    at += 2;
                } else if (c == quote && quote == '\'' && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                    at += 2;
                } else if (c == quote) {
                    at++;
                    return null;
                } else {
                    at++;
                }
            }
            return here(true, text.substring(start).replace("''", "'"));
        }

        /** A map or list in flow style, which may hold others; the place when the text ends in it. */
        private @org.jspecify.annotations.Nullable CursorPlace flow() {
            boolean map = text.charAt(at++) == '{';
            int depth = frames.size();
            if (!map) {
                frames.add(new Frame(Integer.MAX_VALUE, "-"));
            }
            boolean value = !map;
            int start = at;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '}' || c == ']') {
                    at++;
                    cut(depth);
                    return null;
                }
                if (c == '\n' && outdented(at + 1)) {
                    // The bracket was not closed; what stands further left is not in it.
                    cut(depth);
                    return null;
                }
                if (c == ',') {
                    at++;
                    if (map) {
                        cut(depth);
                        value = false;
                    }
                    start = at;
                } else if (c == '{' || c == '[') {
                    CursorPlace inside = flow();
                    if (inside != null) {
                        return inside;
                    }
                    start = at;
                } else if (c == '"' || c == '\'') {
                    CursorPlace inside = quoted(c);
                    if (inside != null) {
                        return value ? inside : new CursorPlace(inside.path(), false, inside.typed());
                    }
                } else if (c == ':' && map && !value && ends(at + 1)) {
                    frames.add(new Frame(Integer.MAX_VALUE, unquoted(text.substring(start, at))));
                    value = true;
                    at++;
                    start = at;
                } else {
                    at++;
                }
            }
            return here(value, text.substring(start).stripLeading());
        }

        private boolean outdented(int line) {
            int i = line;
            while (i < text.length() && text.charAt(i) == ' ') {
                i++;
            }
            return i < text.length() && i - line <= outer && "}]\r\n#".indexOf(text.charAt(i)) < 0;
        }

        private boolean ends(int next) {
            return next >= text.length()
                    || Character.isWhitespace(text.charAt(next))
                    || "{[\"'".indexOf(text.charAt(next)) >= 0;
        }

        private void cut(int depth) {
            while (frames.size() > depth) {
                frames.removeLast();
            }
        }
    }
}
