package dev.whydunit.cli;

import dev.whydunit.demo.DemoFault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a completion script offers for an argument, as one word that it can take apart: {@code choice:text,json}, {@code file},
 * {@code file:.yaml,.yml}, {@code dir}, {@code name:LABEL} (asked of the program), {@code none}.
 */
final class Expected {
    /** Nothing that could be offered. */
    static final String NONE = "none";

    private static final Set<String> NAMES =
            Set.of("RUNBOOK", "ID", "ID|FILE", "H", "HYPOTHESIS", "STEP", "SERVICE", "KEY=VALUE", "CODE");

    private Expected() {}

    static String of(ArgSpec argument) {
        List<String> choices = choices(argument);
        if (!choices.isEmpty()) {
            return "choice:" + String.join(",", choices);
        }
        String label = argument.paramLabel();
        return switch (label) {
            case "FAULT" ->
                Arrays.stream(DemoFault.values()).map(DemoFault::key).collect(Collectors.joining(",", "choice:", ""));
            case "FILE", "ALERT", "FILE.pcap" -> "file";
            case "FILE|DIR" -> "file:.yaml,.yml";
            case "DIR" -> "dir";
            default -> NAMES.contains(label) ? "name:" + label : NONE;
        };
    }

    /** The values of an argument that has few, as they are written. */
    static List<String> choices(ArgSpec argument) {
        if (argument.paramLabel().equals("COMMAND")) {
            return argument.command().root().subcommands().values().stream()
                    .map(CommandLine::getCommandSpec)
                    .filter(command -> !command.usageMessage().hidden())
                    .map(CommandSpec::name)
                    .distinct()
                    .toList();
        }
        Class<?>[] types = argument.auxiliaryTypes();
        Class<?> type = types.length > 0 ? types[0] : argument.type();
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(one -> one.toString().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }
}
