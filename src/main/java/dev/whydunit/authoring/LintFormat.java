package dev.whydunit.authoring;

import dev.whydunit.authoring.Lint.CheckedFile;
import dev.whydunit.simulation.Simulated;
import dev.whydunit.simulation.SimulatedText;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import dev.whydunit.yaml.Severity;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the problems of a lint run are printed. */
public enum LintFormat {
    /** One line each with the source line, a caret and what to do under it, and a last line that counts. */
    TEXT,
    /** One line each: {@code file:line:column: message [CODE]}. */
    LINES,
    /** One JSON document. */
    JSON,
    /** Workflow commands that GitHub shows beside the lines of a pull request. */
    GITHUB,
    /** SARIF 2.1.0, for code scanning. */
    SARIF;

    /** The problems of these files, ready to print, with a newline at the end. */
    public String print(List<CheckedFile> files) {
        return print(files, List.of());
    }

    /** The problems of these files and, in formats for people and as JSON, what simulations of them found. */
    public String print(List<CheckedFile> files, List<Simulated> simulations) {
        return switch (this) {
            case TEXT -> text(files) + simulated(simulations);
            case LINES -> lines(files) + simulated(simulations);
            case JSON -> json(files, simulations);
            case GITHUB -> github(files);
            case SARIF -> Sarif.print(files);
        };
    }

    private static String text(List<CheckedFile> files) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (CheckedFile file : files) {
            for (Problem problem : file.problems()) {
                text.append(ProblemRenderer.lineAndExcerpt(problem, file.text()))
                        .append('\n');
                count++;
            }
        }
        long warnings = files.stream()
                .flatMap(file -> file.problems().stream())
                .filter(problem -> problem.severity() == Severity.WARNING)
                .count();
        text.append(count == 0 ? "no problems" : count == 1 ? "1 problem" : count + " problems");
        if (warnings > 0) {
            text.append(" (")
                    .append(count - warnings)
                    .append(count - warnings == 1 ? " error, " : " errors, ")
                    .append(warnings)
                    .append(warnings == 1 ? " warning)" : " warnings)");
        }
        return text.append(" in ")
                .append(files.size())
                .append(files.size() == 1 ? " file\n" : " files\n")
                .toString();
    }

    private static String lines(List<CheckedFile> files) {
        StringBuilder text = new StringBuilder();
        files.forEach(file -> file.problems()
                .forEach(problem -> text.append(ProblemRenderer.line(problem)).append('\n')));
        return text.toString();
    }

    private static String simulated(List<Simulated> simulations) {
        StringBuilder text = new StringBuilder();
        simulations.forEach(simulation -> text.append('\n').append(SimulatedText.text(simulation)));
        return text.toString();
    }

    private static String json(List<CheckedFile> files, List<Simulated> simulations) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode().put("schemaVersion", 1).put("files", files.size());
        ArrayNode problems = root.putArray("problems");
        for (CheckedFile file : files) {
            for (Problem problem : file.problems()) {
                problems.addObject()
                        .put("code", problem.code())
                        .put("severity", problem.severity().word())
                        .put("file", problem.position().file())
                        .put("line", problem.position().line())
                        .put("column", problem.position().column())
                        .put("length", problem.length())
                        .put("message", problem.message())
                        .put("help", problem.help());
            }
        }
        if (!simulations.isEmpty()) {
            ArrayNode simulated = root.putArray("simulations");
            simulations.forEach(simulation -> simulated.add(SimulatedText.json(simulation)));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static String github(List<CheckedFile> files) {
        StringBuilder text = new StringBuilder();
        for (CheckedFile file : files) {
            for (Problem problem : file.problems()) {
                String message = problem.message() + (problem.help().isEmpty() ? "" : "\n" + problem.help());
                text.append(String.format(
                        Locale.ROOT,
                        "::%s file=%s,line=%d,col=%d,endColumn=%d,title=%s::%s%n",
                        problem.severity().word(),
                        property(problem.position().file()),
                        problem.position().line(),
                        problem.position().column(),
                        problem.position().column() + problem.length(),
                        problem.code(),
                        data(message)));
            }
        }
        return text.toString();
    }

    /** GitHub's own escapes: without them a text could begin a command of its own. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
