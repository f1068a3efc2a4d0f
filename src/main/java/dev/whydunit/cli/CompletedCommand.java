package dev.whydunit.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a completion script needs of one command.
 *
 * @param paths how it can be written, each word with a blank before it; several when commands have aliases; empty for the root
 * @param commands its subcommands that are shown
 * @param known every word that is a subcommand, aliases included
 * @param options those that are shown
 * @param positionals what stands at each place
 * @param rest what stands at every further place
 */
record CompletedCommand(
        List<String> paths,
        List<Word> commands,
        List<String> known,
        List<Taking> options,
        List<String> positionals,
        String rest) {
    /** A word and what it does, in a few words. */
    record Word(String name, String about) {}

    /** An option: how it can be written, what it does, and what it takes; empty when it takes nothing. */
    record Taking(List<String> names, String about, String expected) {}

    /** Every command of a tree that is shown, the root first. */
    static List<CompletedCommand> of(CommandLine tree) {
        List<CompletedCommand> found = new ArrayList<>();
        add(tree.getCommandSpec(), List.of(""), found);
        return List.copyOf(found);
    }

    private static void add(CommandSpec command, List<String> paths, List<CompletedCommand> found) {
        Set<CommandSpec> below = new LinkedHashSet<>();
        command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(one -> !one.usageMessage().hidden())
                .forEach(below::add);
        found.add(new CompletedCommand(
                paths,
                below.stream()
                        .map(one ->
                                new Word(one.name(), first(one.usageMessage().description())))
                        .toList(),
                below.stream().flatMap(CompletedCommand::names).toList(),
                command.options().stream()
                        .filter(option -> !option.hidden())
                        .map(CompletedCommand::taking)
                        .toList(),
                positionals(command),
                command.positionalParameters().stream()
                        .filter(one -> one.index().max() == Integer.MAX_VALUE)
                        .findFirst()
                        .map(Expected::of)
                        .orElse(Expected.NONE)));
        for (CommandSpec one : below) {
            add(
                    one,
                    paths.stream()
                            .flatMap(path -> names(one).map(name -> path + " " + name))
                            .toList(),
                    found);
        }
    }

    private static Stream<String> names(CommandSpec command) {
        return Stream.concat(Stream.of(command.name()), Arrays.stream(command.aliases()));
    }

    private static Taking taking(OptionSpec option) {
        return new Taking(
                List.of(option.names()),
                first(option.description()),
                option.arity().max() == 0 ? "" : Expected.of(option));
    }

    private static List<String> positionals(CommandSpec command) {
        List<String> places = new ArrayList<>();
        for (PositionalParamSpec one : command.positionalParameters()) {
            if (one.index().max() < Integer.MAX_VALUE) {
                places.add(Expected.of(one));
            } else {
                break;
            }
        }
        return List.copyOf(places);
    }

    private static String first(String[] description) {
        return Stream.of(description)
                .findFirst()
                .map(line -> line.replace("${DEFAULT-VALUE}", "…"))
                .orElse("");
    }
}
