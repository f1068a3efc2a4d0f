package dev.whydunit.yaml;

import org.jspecify.annotations.Nullable;

/** The parser's words for a mistake, said so that an author sees what to change. */
final class YamlSyntax {
    private YamlSyntax() {}

    static String message(String problem) {
        if (problem.contains("mapping values are not allowed")) {
            return "a ':' that YAML does not expect here";
        }
        if (problem.contains("'\\t'") || problem.contains("\\t(TAB)")) {
            return "a tab where YAML wants spaces";
        }
        if (problem.contains("could not find expected ':'")) {
            return "this line has no ':' after its key";
        }
        if (problem.contains("found unexpected end of stream")) {
            return "the file ends inside a quoted text";
        }
        if (problem.contains("expected <block end>")) {
            return "this line does not belong to the map or list above it";
        }
        if (problem.contains("expected ',' or ']'")) {
            return "this [list] lacks a ',' or its ']'";
        }
        if (problem.contains("expected ',' or '}'")) {
            return "this {map} lacks a ',' or its '}'";
        }
        return "this is not YAML: " + problem;
    }

    static String help(String problem, @Nullable String context) {
        if (problem.contains("mapping values are not allowed")) {
            return "put the text in quotes when it holds ': ', or correct the indentation";
        }
        if (problem.contains("TAB")) {
            return "indent with spaces";
        }
        if (problem.contains("expected <block end>")) {
            return "indent it like its neighbours";
        }
        if (problem.contains("expected ',' or")) {
            return "close it, or put a text that holds brackets or commas in quotes";
        }
        if (problem.contains("cannot start any token")) {
            return "put the text in quotes";
        }
        return context == null ? "" : context;
    }
}
