package dev.whydunit.lsp;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads YAML that is being typed: lines that keep the rest from being read are left out, the others stay where they are. */
final class TolerantYaml {
    private static final int MOST_READINGS = 40;
    private static final int LARGEST_REPAIRED = 1 << 18;

    private TolerantYaml() {}

    /**
     * The tree of a text; empty when leaving lines out did not help.
     *
     * @param edited the line that was changed last, counted from 0: the first to be suspected
     */
    static Optional<YamlNode> read(String text, int edited) {
        String at = text;
        int suspect = edited;
        int readings = 0;
        while (readings < MOST_READINGS) {
            YamlReader.Read read = YamlReader.read("document", at);
            readings++;
            if (read.root().isPresent() || at.length() > LARGEST_REPAIRED) {
                return read.root();
            }
            Optional<String> better = Optional.empty();
            int wrong = errorLine(read);
            TextLines lines = new TextLines(at);
            for (int line : candidates(lines, suspect, wrong)) {
                String shorter = lines.without(line);
                YamlReader.Read again = YamlReader.read("document", shorter);
                readings++;
                if (again.root().isPresent()) {
                    return again.root();
                }
                if (errorLine(again) > wrong || readings >= MOST_READINGS) {
                    better = Optional.of(shorter);
                    break;
                }
            }
            if (better.isEmpty()) {
                return Optional.empty();
            }
            at = better.get();
            suspect = wrong;
        }
        return Optional.empty();
    }

    private static int errorLine(YamlReader.Read read) {
        return read.problems().stream()
                .map(Problem::position)
                .mapToInt(position -> position.line() - 1)
                .max()
                .orElse(0);
    }

    private static Set<Integer> candidates(TextLines lines, int suspect, int wrong) {
        Set<Integer> candidates = new LinkedHashSet<>();
        add(candidates, lines, suspect);
        add(candidates, lines, wrong);
        for (int line = Math.min(wrong, lines.count()) - 1; line >= 0 && candidates.size() < 4; line--) {
            add(candidates, lines, line);
        }
        for (int line = 0; line < lines.count() && candidates.size() < 20; line++) {
            String text = lines.line(line);
            if (odd(text, '\'') || odd(text, '"') || !balanced(text)) {
                add(candidates, lines, line);
            }
        }
        return candidates;
    }

    private static void add(Set<Integer> candidates, TextLines lines, int line) {
        if (line >= 0 && line < lines.count() && !lines.line(line).isBlank()) {
            candidates.add(line);
        }
    }

    private static boolean odd(String text, char quote) {
        return text.chars().filter(c -> c == quote).count() % 2 == 1;
    }

    private static boolean balanced(String text) {
        return text.chars().filter(c -> c == '{' || c == '[').count()
                == text.chars().filter(c -> c == '}' || c == ']').count();
    }
}
