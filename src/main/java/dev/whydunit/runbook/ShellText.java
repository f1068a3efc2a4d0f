package dev.whydunit.runbook;

import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Set;

/** Refuses values in a text that a list of arguments hands to an interpreter as its program: {@code [sh, -c, '…${{ }}…']}. */
final class ShellText {
    private static final Set<String> INTERPRETERS = Set.of(
            "sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "busybox", "su", "python", "python3", "perl", "ruby",
            "node", "php", "psql", "mysql", "sqlite3", "awk", "gawk", "mawk", "sed", "jq", "eval");

    private ShellText() {}

    static void check(YamlNode parameters, Problems problems) {
        if (!(parameters instanceof YamlNode.Mapping mapping)) {
            return;
        }
        for (YamlNode.Entry entry : mapping.entries()) {
            if (entry.value() instanceof YamlNode.Sequence list) {
                check(list.items(), problems);
            }
        }
    }

    private static void check(List<YamlNode> arguments, Problems problems) {
        boolean interpreter = false;
        boolean program = false;
        for (YamlNode argument : arguments) {
            if (!(argument instanceof YamlNode.Scalar scalar)) {
                return;
            }
            String text = scalar.text();
            if (program && text.contains("${{")) {
                problems.add(
                        "E403",
                        scalar,
                        text.indexOf("${{"),
                        3,
                        "no value may enter the text of a program",
                        "pass it as an argument after the program, or through env, and read it there as \"$1\" or \"$NAME\"");
            }
            boolean option = text.startsWith("-");
            program = interpreter
                    && option
                    && (text.endsWith("c") || text.endsWith("e") || text.equals("--eval") || text.equals("--command"));
            if (!option) {
                interpreter = interpreter || INTERPRETERS.contains(text.substring(text.lastIndexOf('/') + 1));
            }
        }
    }
}
