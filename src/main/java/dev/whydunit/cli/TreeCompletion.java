package dev.whydunit.cli;

import dev.whydunit.cli.Candidates.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What can be typed next in a line of the one tree of commands: subcommands, options, their values, names. */
public final class TreeCompletion {
    private final CommandLine tree;
    private final Candidates names;

    /** @param application whose journal and runbooks give the names */
    public TreeCompletion(Application application) {
        this.tree = Commands.tree(application);
        this.names = new Candidates(application);
    }

    /** The commands at the root, with what they do. */
    public List<Candidate> commands() {
        return subcommands(tree.getCommandSpec());
    }

    /**
     * What can stand at a place.
     *
     * @param before the words before it
     * @param word what is typed of it
     */
    public List<Candidate> of(List<String> before, String word) {
        CommandSpec command = tree.getCommandSpec();
        int positionals = 0;
        Optional<OptionSpec> open = Optional.empty();
        for (String one : before) {
            if (open.isPresent()) {
                open = Optional.empty();
            } else if (one.startsWith("-") && one.length() > 1) {
                OptionSpec option = command.findOption(one);
                open = Optional.ofNullable(option).filter(known -> known.arity().max() > 0);
            } else if (positionals == 0 && command.subcommands().containsKey(one)) {
                command = command.subcommands().get(one).getCommandSpec();
            } else {
                positionals++;
            }
        }
        if (open.isPresent()) {
            return values(open.get(), word, before);
        }
        if (word.startsWith("-")) {
            return options(command);
        }
        List<Candidate> found = new ArrayList<>();
        if (positionals == 0) {
            found.addAll(subcommands(command));
        }
        int index = positionals;
        command.positionalParameters().stream()
                .filter(parameter -> covers(parameter, index))
                .findFirst()
                .ifPresent(parameter -> found.addAll(values(parameter, word, before)));
        return List.copyOf(found);
    }

    private static boolean covers(PositionalParamSpec parameter, int index) {
        return parameter.index().min() <= index && parameter.index().max() >= index;
    }

    private static List<Candidate> subcommands(CommandSpec command) {
        return command.subcommands().entrySet().stream()
                .filter(one ->
                        one.getKey().equals(one.getValue().getCommandSpec().name()))
                .filter(one -> !one.getValue().getCommandSpec().usageMessage().hidden())
                .map(one -> new Candidate(
                        one.getKey(),
                        first(one.getValue().getCommandSpec().usageMessage().description())))
                .toList();
    }

    private static List<Candidate> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .map(option -> new Candidate(option.longestName(), first(option.description())))
                .toList();
    }

    private List<Candidate> values(ArgSpec argument, String word, List<String> before) {
        List<String> choices = Expected.choices(argument);
        if (!choices.isEmpty()) {
            return choices.stream().map(one -> new Candidate(one, "")).toList();
        }
        return names.of(argument.paramLabel(), word, before);
    }

    private static String first(String[] description) {
        return Stream.of(description).findFirst().orElse("");
    }
}
