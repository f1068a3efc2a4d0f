package dev.whydunit.source.elasticsearch;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Puts the index's field names into a Lucene query in place of the ECS names. */
final class FieldNames {
    private static final String EXISTS = "_exists_";
    private static final String ENDS_NAME = " \t\n\r\f\u3000()\"[]{}/^~:";

    private final Map<String, String> names;
    private final Set<String> used = new LinkedHashSet<>();
    private final StringBuilder out = new StringBuilder();
    private final String query;
    private int at;

    private FieldNames(String query, Map<String, String> names) {
        this.query = query;
        this.names = names;
    }

    /**
     * A query in the index's words.
     *
     * @param query the query
     * @param fields the index's names of the fields that it names
     */
    record Renamed(String query, Set<String> fields) {}

    static Renamed rename(String query, Map<String, String> names) {
        FieldNames scan = new FieldNames(query, names);
        scan.run();
        return new Renamed(scan.out.toString(), scan.used);
    }

    private void run() {
        boolean begins = true;
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == '"') {
                copyTo('"');
            } else if (c == '/' && begins) {
                copyTo('/');
            } else if (c == '[' || c == '{') {
                copyRange();
            } else if (ENDS_NAME.indexOf(c) >= 0 || (begins && "+-!".indexOf(c) >= 0)) {
                out.append(c);
                at++;
                begins = c != ')';
                continue;
            } else {
                begins = word();
                continue;
            }
            begins = false;
        }
    }

    /** A quoted text or a regular expression, with its ends. */
    private void copyTo(char close) {
        int end = at + 1;
        while (end < query.length() && query.charAt(end) != close) {
            end += query.charAt(end) == '\\' ? 2 : 1;
        }
        copy(end + 1);
    }

    private void copyRange() {
        int end = at + 1;
        boolean quoted = false;
        while (end < query.length() && (quoted || (query.charAt(end) != ']' && query.charAt(end) != '}'))) {
            quoted ^= query.charAt(end) == '"';
            end += query.charAt(end) == '\\' ? 2 : 1;
        }
        copy(end + 1);
    }

    private void copy(int end) {
        int to = Math.min(end, query.length());
        out.append(query, at, to);
        at = to;
    }

    /** Copies a word; true when it was a field's name, behind which a value begins. */
    private boolean word() {
        int end = wordEnd(at);
        boolean field = end < query.length() && query.charAt(end) == ':';
        if (!field) {
            copy(end);
            return false;
        }
        boolean exists = query.substring(at, end).equals(EXISTS);
        if (exists) {
            copy(end + 1);
            end = wordEnd(at);
        }
        String written = query.substring(at, end);
        String name = written.replace("\\", "");
        String renamed = names.getOrDefault(name, name);
        if (!renamed.equals("*") && !renamed.isEmpty()) {
            used.add(renamed);
        }
        out.append(renamed.equals(name) ? written : escaped(renamed));
        at = end;
        if (!exists) {
            copy(end + 1);
        }
        return !exists;
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < query.length() && ENDS_NAME.indexOf(query.charAt(end)) < 0) {
            end += query.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, query.length());
    }

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (ENDS_NAME.indexOf(c) >= 0 || "+-!&|?*\\".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
