package dev.whydunit.source.scrape;

import dev.whydunit.promql.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prometheus' text format 0.0.4 and OpenMetrics 1.0 (prometheus.io/docs/instrumenting/exposition_formats). Types, help,
 * timestamps and exemplars are passed over. As in Prometheus, one line that cannot be read spoils the whole body.
 */
final class ExpositionFormat {
    private static final int LONGEST_SERIES = 64 * 1024;
    private static final int SHOWN = 60;

    private ExpositionFormat() {}

    /** Reads all samples, and tells whether OpenMetrics' end mark was there. */
    static boolean read(String body, List<ExpositionSample> samples) throws ExpositionException {
        int number = 0;
        int at = 0;
        while (at < body.length()) {
            int end = body.indexOf('\n', at);
            end = end < 0 ? body.length() : end;
            number++;
            int start = skipBlanks(body, at, end);
            if (start < end && body.charAt(start) == '#') {
                if (body.startsWith("# EOF", start)) {
                    return true;
                }
            } else if (start < end && body.charAt(start) != '\r') {
                samples.add(line(body, start, end, number));
            }
            at = end + 1;
        }
        return false;
    }

    private static ExpositionSample line(String body, int start, int end, int number) throws ExpositionException {
        int seriesEnd = seriesEnd(body, start, end);
        if (seriesEnd < 0 || seriesEnd == start || seriesEnd - start > LONGEST_SERIES) {
            throw bad(body, start, end, number, "no series");
        }
        int value = skipBlanks(body, seriesEnd, end);
        int valueEnd = value;
        while (valueEnd < end && !isBlank(body.charAt(valueEnd)) && body.charAt(valueEnd) != '\r') {
            valueEnd++;
        }
        try {
            return new ExpositionSample(body.substring(start, seriesEnd), number(body.substring(value, valueEnd)));
        } catch (NumberFormatException e) {
            throw bad(body, start, end, number, "no value");
        }
    }

    /** After the name, or after the closing brace; -1 when there is none. */
    private static int seriesEnd(String body, int start, int end) {
        int at = start;
        while (at < end && body.charAt(at) != '{' && !isBlank(body.charAt(at))) {
            at++;
        }
        int brace = skipBlanks(body, at, end);
        if (brace >= end || body.charAt(brace) != '{') {
            return at < end ? at : -1;
        }
        boolean quoted = false;
        for (at = brace + 1; at < end; at++) {
            char c = body.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return at + 1;
            }
        }
        return -1;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf", "+inf", "inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            case "NaN", "nan" -> Double.NaN;
            default -> {
                // Java would take 1d and 1f for numbers.
                char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
                if (last < '.' || last > '9') {
                    throw new NumberFormatException(text);
                }
                yield Double.parseDouble(text);
            }
        };
    }

    /** Name and labels as written, taken apart. */
    static Map<String, String> labels(String series) throws ExpositionException {
        Map<String, String> labels = new TreeMap<>();
        int brace = series.indexOf('{');
        String name = (brace < 0 ? series : series.substring(0, brace)).strip();
        if (!name.isEmpty()) {
            labels.put(Labels.NAME, checkedName(name));
        }
        int at = brace < 0 ? series.length() : skipSeparators(series, brace + 1);
        while (at < series.length() && series.charAt(at) != '}') {
            if (series.charAt(at) == '"') {
                // A name in quotes: a label's before "=", else the metric's.
                StringBuilder quoted = new StringBuilder();
                at = skipSeparators(series, quoted(series, at, quoted));
                if (at < series.length() && series.charAt(at) == '=') {
                    at = value(series, at, quoted.toString(), labels);
                } else {
                    labels.put(Labels.NAME, quoted.toString());
                }
            } else {
                int equals = series.indexOf('=', at);
                if (equals < 0) {
                    throw new ExpositionException("a label without value in " + shown(series));
                }
                at = value(
                        series, equals, checkedName(series.substring(at, equals).strip()), labels);
            }
            at = skipSeparators(series, at);
        }
        if (!labels.containsKey(Labels.NAME)) {
            throw new ExpositionException("a series without name: " + shown(series));
        }
        return labels;
    }

    private static int value(String series, int equals, String name, Map<String, String> labels)
            throws ExpositionException {
        StringBuilder value = new StringBuilder();
        int end = quoted(series, skipBlanks(series, equals + 1, series.length()), value);
        if (labels.put(name, value.toString()) != null) {
            throw new ExpositionException("the label " + shown(name) + " twice in " + shown(series));
        }
        return end;
    }

    private static int quoted(String series, int start, StringBuilder value) throws ExpositionException {
        if (start >= series.length() || series.charAt(start) != '"') {
            throw new ExpositionException("a label's value without quotes in " + shown(series));
        }
        for (int at = start + 1; at < series.length(); at++) {
            char c = series.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && at + 1 < series.length()) {
                char escaped = series.charAt(++at);
                switch (escaped) {
                    case 'n' -> value.append('\n');
                    case '\\', '"' -> value.append(escaped);
                    default -> value.append('\\').append(escaped);
                }
            } else {
                value.append(c);
            }
        }
        throw new ExpositionException("a label's value without end in " + shown(series));
    }

    private static String checkedName(String name) throws ExpositionException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                throw new ExpositionException("no name: " + shown(name));
            }
        }
        if (name.isEmpty()) {
            throw new ExpositionException("an empty name");
        }
        return name;
    }

    private static int skipBlanks(String text, int from, int end) {
        int at = from;
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipSeparators(String text, int from) {
        int at = from;
        while (at < text.length() && (isBlank(text.charAt(at)) || text.charAt(at) == ',')) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static ExpositionException bad(String body, int start, int end, int number, String what) {
        return new ExpositionException("line " + number + ": " + what + " in " + shown(body.substring(start, end)));
    }

    private static String shown(String text) {
        return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "\"";
    }
}
