package dev.whydunit.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names that the engineer gave to the beginnings of commands; kept in a file, one {@code name=command} a line. */
final class Aliases {
    private static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,30}");

    private final Path file;
    private final ShellWords words;
    private final Map<String, String> known = new TreeMap<>();

    Aliases(Path file, ShellWords words) throws IOException {
        this.file = file;
        this.words = words;
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && known.size() < MOST) {
                    known.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        }
    }

    /** The words with an alias at their beginning replaced, once: an alias of an alias is none. */
    List<String> expanded(List<String> line) {
        String meant = line.isEmpty() ? null : known.get(line.getFirst());
        if (meant == null) {
            return line;
        }
        List<String> expanded = new ArrayList<>(words.split(meant));
        expanded.addAll(line.subList(1, line.size()));
        return List.copyOf(expanded);
    }

    Map<String, String> known() {
        return Map.copyOf(known);
    }

    /**
     * {@code name=command}, or {@code name} and the command's words.
     *
     * @return what is wrong; empty when it is kept
     */
    Optional<String> add(String name, String command) throws IOException {
        if (!NAME.matcher(name).matches() || command.isBlank() || command.contains("\n")) {
            return Optional.of("an alias is a name and a command on one line: alias ll='investigation list'");
        }
        if (known.size() >= MOST) {
            return Optional.of("there are " + MOST + " aliases already; take one away: unalias NAME");
        }
        known.put(name, command);
        save();
        return Optional.empty();
    }

    /** Takes one away; false when there is none. */
    boolean remove(String name) throws IOException {
        if (known.remove(name) == null) {
            return false;
        }
        save();
        return true;
    }

    private void save() throws IOException {
        List<String> lines = new ArrayList<>();
        known.forEach((name, command) -> lines.add(name + "=" + command));
        Files.write(file, lines);
    }
}
