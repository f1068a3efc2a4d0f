package dev.whydunit.step.hostcommand;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A command as one would type it into a POSIX shell. */
final class ShellText {
    private ShellText() {}

    static String of(HostCommandParameters parameters) {
        String environment = new TreeMap<>(parameters.env())
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + quoted(e.getValue()) + " ")
                        .collect(Collectors.joining());
        String folder = parameters.cwd().map(c -> "cd " + quoted(c) + " && ").orElse("");
        String input = parameters.stdin().map(s -> " <<<" + quoted(s)).orElse("");
        if (parameters.script().isPresent()) {
            String script = parameters.script().get();
            return folder + environment + "sh -eu -c " + quoted(script) + input;
        }
        return folder + environment + command(parameters.run()) + input;
    }

    static String command(List<String> argv) {
        return argv.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return !word.isEmpty() && word.chars().allMatch(ShellText::plain)
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean plain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "_-./:=@%+,".indexOf(c) >= 0);
    }
}
