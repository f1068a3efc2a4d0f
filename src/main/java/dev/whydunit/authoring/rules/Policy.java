package dev.whydunit.authoring.rules;

import dev.whydunit.config.AccessList;
import dev.whydunit.config.NamePattern;
import dev.whydunit.runbook.Step;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs and hosts that the configuration does not allow or know, and addresses that no policy allows. */
final class Policy implements Check {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.+/-]+");
    private static final Set<String> STARTING = Set.of("host_command", "remedy");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");
    private static final List<String> NEVER = List.of(
            "169.254.", "metadata.google.internal", "metadata.azure", "100.100.100.200", "[fe80:", "[fd00:ec2:");

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            for (Step step : runbook.steps().values()) {
                if (STARTING.contains(step.kind().name())) {
                    commands(step, subject.surroundings().commands(), remarks);
                }
                hosts(subject, step, remarks);
                Subject.textOf(step, "url").ifPresent(url -> address(url, remarks));
            }
        });
    }

    private static void commands(Step step, AccessList policy, Remarks remarks) {
        List<YamlNode.Scalar> run = Subject.textsOf(step, "run");
        if (!run.isEmpty() && !run.getFirst().text().contains("${{")) {
            refused(baseName(run.getFirst().text()), policy)
                    .ifPresent(why -> remarks.add("W208", run.getFirst(), why, HELP));
        }
        Optional<YamlNode.Scalar> script = Subject.textOf(step, "script");
        if (script.isPresent()) {
            refused("sh", policy).ifPresent(why -> remarks.add("W208", script.get(), why, HELP));
            Matcher word =
                    WORD.matcher(policy.deny().isEmpty() ? "" : script.get().text());
            while (word.find()) {
                String program = baseName(word.group());
                int at = word.start();
                denied(program, policy)
                        .ifPresent(why -> remarks.add("W208", script.get(), at, word.end() - at, why, HELP));
            }
        }
    }

    private static final String HELP =
            "the step would be denied: use another program, or change policy.commands in whydunit.yaml";

    private static Optional<String> refused(String program, AccessList policy) {
        return denied(program, policy)
                .or(() -> policy.allow().isEmpty() || policy.allow().stream().anyMatch(name -> named(name, program))
                        ? Optional.empty()
                        : Optional.of("the configuration's policy does not allow the program " + program));
    }

    private static Optional<String> denied(String program, AccessList policy) {
        return policy.deny().stream()
                .filter(denied -> named(denied, program) || program.startsWith(denied.text() + "."))
                .findFirst()
                .map(denied -> "the configuration's policy denies the program " + denied.text());
    }

    /** By the program's name alone; whether its path is the right one is known where the step runs. */
    private static boolean named(NamePattern pattern, String program) {
        return pattern.matches(program) || pattern.text().endsWith("/" + program);
    }

    private static void hosts(Subject subject, Step step, Remarks remarks) {
        Set<String> known = subject.surroundings().hosts();
        if (known.isEmpty()) {
            return;
        }
        List<YamlNode.Scalar> names = new ArrayList<>();
        subject.at("steps", step.id(), "hosts").ifPresent(node -> texts(node, names));
        subject.at("steps", step.id(), step.kind().name(), "hosts").ifPresent(node -> texts(node, names));
        for (YamlNode.Scalar name : names) {
            if (!name.text().contains("${{") && !HERE.contains(name.text()) && !known.contains(name.text())) {
                remarks.add(
                        "W209",
                        name,
                        "the configuration has no host '" + name.text() + "'",
                        "add it under hosts in whydunit.yaml, or use one of "
                                + String.join(
                                        ", ", known.stream().sorted().limit(5).toList()));
            }
        }
    }

    private static void texts(YamlNode node, List<YamlNode.Scalar> into) {
        switch (node) {
            case YamlNode.Scalar scalar -> into.add(scalar);
            case YamlNode.Sequence list -> list.items().forEach(item -> texts(item, into));
            case YamlNode.Mapping map -> {}
        }
    }

    private static void address(YamlNode.Scalar url, Remarks remarks) {
        String rest = url.text().substring(Math.max(0, url.text().indexOf("://") + 3));
        if (NEVER.stream().anyMatch(rest::startsWith)) {
            remarks.add(
                    "W210",
                    url,
                    "link-local and metadata addresses are always denied: they give credentials away",
                    "ask the service itself");
        }
    }

    private static String baseName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
