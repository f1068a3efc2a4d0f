package dev.whydunit.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual's page of one command, as roff, from what its help says. */
final class ManPage {
    private static final Map<String, String> EXIT_CODES = exitCodes();
    private static final Map<String, String> VARIABLES = variables();
    private static final Map<String, String> FILES = files();

    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** The page of a command. */
    static String of(CommandSpec command) {
        return new ManPage(command).written();
    }

    /** A page's name: the command's words joined by hyphens. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /** A command and all below it that are shown. */
    static List<CommandSpec> all(CommandSpec root) {
        List<CommandSpec> found = new ArrayList<>(List.of(root));
        below(root).forEach(one -> found.addAll(all(one)));
        return List.copyOf(found);
    }

    private static Set<CommandSpec> below(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(one -> !one.usageMessage().hidden())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String written() {
        say(".\\\" Made by: whydunit man");
        say(".TH \"" + Roff.text(name(command).toUpperCase(Locale.ROOT)) + "\" 1 \"\" \"whydunit "
                + Roff.text(VersionCommand.version()) + "\" \"Whydunit\"");
        say(".nh");
        say(".ad l");
        section("NAME");
        say(Roff.line(name(command)) + " \\- " + Roff.text(withoutDot(first(command))));
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        Arrays.stream(command.usageMessage().description()).forEach(line -> say(Roff.line(line)));
        List<String> examples = new ArrayList<>();
        footer(examples);
        if (command.aliases().length > 0) {
            say(".PP");
            say("Also: " + Arrays.stream(command.aliases()).map(Roff::bold).collect(Collectors.joining(", ")) + ".");
        }
        arguments();
        commands();
        section("EXIT STATUS");
        table(EXIT_CODES);
        section("ENVIRONMENT");
        table(VARIABLES);
        section("FILES");
        table(FILES);
        if (!examples.isEmpty()) {
            section("EXAMPLES");
            say(".nf");
            examples.forEach(line -> say(Roff.line(line)));
            say(".fi");
        }
        seeAlso();
        return page.toString();
    }

    private void say(String line) {
        page.append(line).append('\n');
    }

    private void section(String title) {
        say(".SH \"" + title + "\"");
    }

    private void synopsis() {
        StringBuilder line = new StringBuilder(Roff.bold(command.qualifiedName(" ")));
        if (command.options().stream().anyMatch(option -> !option.hidden())) {
            line.append(" [").append(Roff.italic("OPTIONS")).append(']');
        }
        for (OptionSpec option : command.options()) {
            if (option.required()) {
                line.append(' ').append(option(option, option.longestName()));
            }
        }
        for (PositionalParamSpec one : command.positionalParameters()) {
            String label = Roff.italic(one.paramLabel()) + (one.arity().max() > 1 ? "..." : "");
            line.append(' ').append(one.arity().min() == 0 ? "[" + label + "]" : label);
        }
        if (!below(command).isEmpty()) {
            line.append(command.parent() == null ? " [" + Roff.italic("COMMAND") + "]" : " " + Roff.italic("COMMAND"));
        }
        say(line.toString());
    }

    private static String option(OptionSpec option, String name) {
        return Roff.bold(name) + (option.arity().max() == 0 ? "" : " " + Roff.italic(option.paramLabel()));
    }

    /** What the footer says goes to the description, its examples to their own section. */
    private void footer(List<String> examples) {
        boolean example = false;
        boolean gap = false;
        for (String line : command.usageMessage().footer()) {
            Optional<String> begun = example(line);
            if (begun.isPresent()) {
                example = true;
                examples.add(begun.get());
            } else if (line.isBlank()) {
                example = false;
                gap = true;
            } else if (example && line.startsWith(" ")) {
                examples.add(line.replaceFirst("^ {1,12}", ""));
            } else {
                say(gap ? ".PP" : ".br");
                gap = false;
                example = false;
                say(Roff.line(line));
            }
        }
    }

    private static Optional<String> example(String line) {
        for (String begin : List.of("Example: ", "Examples: ", "Start with: ")) {
            if (line.startsWith(begin)) {
                return Optional.of(line.substring(begin.length()));
            }
        }
        return Optional.empty();
    }

    private void arguments() {
        if (!command.positionalParameters().isEmpty()) {
            section("ARGUMENTS");
            for (PositionalParamSpec one : command.positionalParameters()) {
                say(".TP");
                say(Roff.italic(one.paramLabel()));
                described(one);
            }
        }
        section("OPTIONS");
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                say(".TP");
                say(Arrays.stream(option.names())
                        .map(name -> option(option, name))
                        .collect(Collectors.joining(", ")));
                described(option);
            }
        }
    }

    private void described(ArgSpec argument) {
        Arrays.stream(argument.description())
                .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue())))
                .forEach(line -> say(Roff.line(line)));
    }

    private void commands() {
        if (below(command).isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (CommandSpec one : below(command)) {
            say(".TP");
            say(Roff.bold(name(one)) + "(1)");
            say(Roff.line(first(one)));
        }
    }

    private void table(Map<String, String> rows) {
        rows.forEach((name, about) -> {
            say(".TP");
            say(Roff.bold(name));
            say(Roff.line(about));
        });
    }

    private void seeAlso() {
        Set<String> others = new LinkedHashSet<>();
        CommandSpec parent = command.parent() == null ? command : command.parent();
        others.add(name(command.root()));
        others.add(name(parent));
        below(parent).forEach(one -> others.add(name(one)));
        others.remove(name(command));
        section("SEE ALSO");
        say(others.stream().map(one -> Roff.bold(one) + "(1)").collect(Collectors.joining(",\n")));
    }

    private static String first(CommandSpec command) {
        return Arrays.stream(command.usageMessage().description()).findFirst().orElse("");
    }

    private static String withoutDot(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(String.valueOf(ExitCode.DONE), "It is done.");
        codes.put(String.valueOf(ExitCode.FAILED), "It failed; standard error says why.");
        codes.put(
                String.valueOf(ExitCode.USAGE),
                "It was called wrongly, or a runbook or the configuration has mistakes.");
        codes.put(
                ExitCode.NARROWED + ", " + ExitCode.INCONCLUSIVE + ", " + ExitCode.SYMPTOM_ABSENT,
                "With --detailed-exitcode: the verdict is narrowed, inconclusive, or the symptom is absent.");
        codes.put(String.valueOf(ExitCode.OUT_OF_TIME), "The time limit ended it.");
        codes.put(String.valueOf(ExitCode.INTERRUPTED), "Ctrl-C ended it.");
        return codes;
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("WHYDUNIT_CONFIG", "The configuration, where --config says nothing.");
        variables.put("WHYDUNIT_ENV", "The environment of the configuration, where --env says nothing.");
        variables.put("WHYDUNIT_STATE", "Where the journal is, where --state says nothing.");
        variables.put("WHYDUNIT_SERVER", "The server that is asked, where --server says nothing.");
        variables.put("WHYDUNIT_TOKEN", "The server's token, where --token says nothing.");
        variables.put("WHYDUNIT_ADMIN_TOKEN", "The first administrator's token of a server that starts.");
        variables.put("WHYDUNIT_JAVA_HOME", "A JDK 25 or newer, when it is not in one of the usual places.");
        variables.put("WHYDUNIT_JAVA_OPTS", "Further options for the JVM.");
        variables.put("NO_COLOR", "When it is set, nothing is coloured.");
        return variables;
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("whydunit.yaml", "The configuration: in this folder or the nearest one above it.");
        files.put("$XDG_CONFIG_HOME/whydunit/whydunit.yaml", "The configuration of this user (default: ~/.config).");
        files.put("$XDG_STATE_HOME/whydunit", "The journal and what steps kept (default: ~/.local/state).");
        files.put("runbooks/", "Runbooks that can be run by name, where no configuration names others.");
        return files;
    }
}
