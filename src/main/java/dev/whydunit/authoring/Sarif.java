package dev.whydunit.authoring;

import dev.whydunit.authoring.Lint.CheckedFile;
import dev.whydunit.authoring.rules.RuleBook;
import dev.whydunit.yaml.Problem;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Problems in the Static Analysis Results Interchange Format, version 2.1.0. */
final class Sarif {
    private Sarif() {}

    static String print(List<CheckedFile> files) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode()
                .put("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                .put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "whydunit");
        ArrayNode rules = driver.putArray("rules");
        TreeSet<String> codes = new TreeSet<>();
        files.forEach(file -> file.problems().forEach(problem -> codes.add(problem.code())));
        RuleBook.all().stream().filter(rule -> codes.contains(rule.code())).forEach(rule -> {
            ObjectNode described = rules.addObject().put("id", rule.code());
            described.putObject("shortDescription").put("text", rule.summary());
            described
                    .putObject("fullDescription")
                    .put("text", rule.explanation().strip());
            described
                    .putObject("defaultConfiguration")
                    .put("level", rule.severity().word());
        });
        ArrayNode results = run.putArray("results");
        files.forEach(file -> file.problems().forEach(problem -> add(problem, results)));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void add(Problem problem, ArrayNode results) {
        ObjectNode result = results.addObject()
                .put("ruleId", problem.code())
                .put("level", problem.severity().word());
        String help = problem.help().isEmpty() ? "" : " (" + problem.help() + ")";
        result.putObject("message").put("text", problem.message() + help);
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", problem.position().file().replace('\\', '/'));
        place.putObject("region")
                .put("startLine", problem.position().line())
                .put("startColumn", problem.position().column())
                .put("endColumn", problem.position().column() + problem.length());
    }
}
