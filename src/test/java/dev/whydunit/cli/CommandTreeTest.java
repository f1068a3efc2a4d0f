package dev.whydunit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What holds for every command of the tree. */
class CommandTreeTest {
    /** Commands without {@code -o json}, and why. */
    private static final Map<String, String> NO_DATA = noData();

    /** Options that need not name a default: nothing, or everything, where they are not given. */
    private static final Set<String> HELP = Set.of("--help", "--version");

    private static Map<String, String> noData() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String group : List.of(
                "whydunit",
                "whydunit runbook",
                "whydunit investigation",
                "whydunit capture",
                "whydunit state",
                "whydunit incident",
                "whydunit alert",
                "whydunit notification",
                "whydunit config")) {
            reasons.put(group, "prints its help, or opens the shell");
        }
        for (String act : List.of(
                "note",
                "confirm",
                "answer",
                "approve",
                "deny",
                "use",
                "stop",
                "investigation confirm",
                "incident assign",
                "incident note",
                "incident resolve",
                "incident severity")) {
            reasons.put("whydunit " + act, "an act: its exit code tells whether it was done");
        }
        for (String act : List.of("state backup", "state restore", "state prune")) {
            reasons.put("whydunit " + act, "an act on files: its exit code tells whether it was done");
        }
        reasons.put("whydunit watch", "a screen; tree -o json and investigation list -o json have its data");
        reasons.put("whydunit serve", "runs until it is stopped; its API answers JSON");
        reasons.put("whydunit lsp", "speaks the Language Server Protocol on standard output");
        reasons.put("whydunit completion", "a script for a shell");
        reasons.put("whydunit man", "a page for man");
        reasons.put("whydunit runbook schema", "is one JSON document already");
        reasons.put("whydunit runbook graph", "a picture; runbook show -o json has its data");
        reasons.put("whydunit runbook new", "writes files");
        return reasons;
    }

    private static List<CommandSpec> commands() {
        Console console = new Console(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                false,
                true,
                80);
        Application application =
                new Application(console, Map.of(), Path.of(""), configuration -> List.of(), List.of());
        return ManPage.all(Commands.tree(application).getCommandSpec());
    }

    @Test
    void everyCommandPrintsJsonOrHasAReasonNotTo() {
        List<String> without = new ArrayList<>();
        for (CommandSpec command : commands()) {
            OptionSpec output = command.findOption("-o");
            boolean json = output != null && Expected.choices(output).contains("json");
            if (!json) {
                without.add(command.qualifiedName(" "));
            }
        }

        assertThat(without).containsExactlyInAnyOrderElementsOf(NO_DATA.keySet());
    }

    @Test
    void everyCommandSaysWhatItDoesAndShowsAnExample() {
        List<String> wrong = new ArrayList<>();
        for (CommandSpec command : commands()) {
            String footer = String.join("\n", command.usageMessage().footer());
            if (command.usageMessage().description().length == 0
                    || !(footer.contains("Example: whydunit ")
                            || footer.contains("Start with: whydunit ")
                            || footer.contains("Example: source <(whydunit "))) {
                wrong.add(command.qualifiedName(" "));
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyArgumentIsDescribedAndItsDefaultIsTheOneThatIsSaid() {
        List<String> wrong = new ArrayList<>();
        for (CommandSpec command : commands()) {
            for (PositionalParamSpec one : command.positionalParameters()) {
                described(command, one, one.paramLabel(), wrong);
            }
            for (OptionSpec option : command.options()) {
                if (!HELP.contains(option.longestName())) {
                    described(command, option, option.longestName(), wrong);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static void described(CommandSpec command, ArgSpec argument, String name, List<String> wrong) {
        String where = command.qualifiedName(" ") + " " + name + ": ";
        String said = String.join(" ", argument.description());
        if (said.isBlank()) {
            wrong.add(where + "says nothing");
        }
        String value = argument.defaultValue() == null ? "" : argument.defaultValue();
        boolean telling = !value.isEmpty()
                && !value.equals("false")
                && !value.equals(CommandLine.Option.NULL_VALUE)
                && !value.equals(ChosenInvestigation.CURRENT);
        if (telling && !said.contains("default: " + value) && !said.contains("default: ${DEFAULT-VALUE}")) {
            wrong.add(where + "does not say that " + value + " is the default");
        }
        if (argument.paramLabel().startsWith("<") && argument.arity().max() > 0) {
            wrong.add(where + "has no label but " + argument.paramLabel());
        }
    }

    @Test
    void noHelpIsWiderThanATerminal() {
        List<String> wide = new ArrayList<>();
        for (CommandSpec command : commands()) {
            command.commandLine()
                    .getUsageMessage(CommandLine.Help.Ansi.OFF)
                    .lines()
                    .filter(line -> line.length() > 80)
                    .forEach(line -> wide.add(command.qualifiedName(" ") + ": " + line));
        }

        assertThat(wide).isEmpty();
    }
}
