package dev.whydunit.cli;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints mistakes in files: for people one line each with the source line, a caret and what to do under it; for programs
 * as JSON or as GitHub's annotations.
 */
final class ProblemPrinter {
    /** How mistakes are printed. */
    enum Format {
        TEXT,
        JSON,
        GITHUB
    }

    private final Console console;
    private final Map<String, String> texts = new HashMap<>();

    ProblemPrinter(Console console) {
        this.console = console;
    }

    /** The text of a file, for the excerpts. */
    void remember(String file, String text) {
        texts.put(file, text);
    }

    /** Prints on standard error what keeps a command from running. */
    void print(List<Problem> problems) {
        print(problems, console.err());
    }

    private void print(List<Problem> problems, PrintStream stream) {
        for (Problem problem : problems) {
            stream.println(ProblemRenderer.line(problem));
            // The line above says the message and the place; what is left is the excerpt and the help.
            ProblemRenderer.full(problem, text(problem.position().file()))
                    .lines()
                    .skip(2)
                    .forEach(stream::println);
        }
    }

    private String text(String file) {
        return texts.computeIfAbsent(file, name -> {
            try {
                return Files.isRegularFile(Path.of(name)) ? Files.readString(Path.of(name)) : "";
            } catch (IOException e) {
                // The mistake is said all the same, only without its excerpt.
                return "";
            }
        });
    }

    /** Prints what lint found on standard output. */
    void report(List<Problem> problems, int files, Format format) {
        PrintStream out = console.out();
        switch (format) {
            case TEXT -> {
                print(problems, out);
                out.println(summary(problems, files));
            }
            case JSON -> out.println(json(problems));
            case GITHUB -> problems.forEach(problem -> out.println(github(problem)));
        }
        out.flush();
    }

    private static String summary(List<Problem> problems, int files) {
        String checked = files + (files == 1 ? " file" : " files");
        return problems.isEmpty()
                ? checked + " checked, no mistakes"
                : checked + " checked, " + problems.size() + (problems.size() == 1 ? " mistake" : " mistakes");
    }

    private static String github(Problem problem) {
        return "::error file=" + property(problem.position().file()) + ",line=" + problem.position().line() + ",col="
                + problem.position().column() + ",title=" + property(problem.code()) + "::"
                + data(problem.message() + (problem.help().isEmpty() ? "" : "\n" + problem.help()));
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    private static String json(List<Problem> problems) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Problem problem : problems) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("code", problem.code());
            item.put("file", problem.position().file());
            item.put("line", problem.position().line());
            item.put("column", problem.position().column());
            item.put("length", problem.length());
            item.put("message", problem.message());
            item.put("help", problem.help());
            list.add(item);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", 1);
        document.put("problems", list);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
