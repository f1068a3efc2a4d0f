package dev.whydunit.runbook;

import dev.whydunit.schema.Names;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.Locale;

/** Ids: snake_case, since expressions use them. */
final class Ids {
    private Ids() {}

    static void check(YamlNode.Scalar id, String what, Problems problems) {
        if (id.text().isEmpty() || Names.isId(id.text())) {
            return;
        }
        String suggestion = suggestion(id.text());
        problems.add(
                "E301",
                id,
                what + " is snake_case (lower-case letters, digits and _, a letter first, at most 64), not '"
                        + id.text() + "'",
                Names.isId(suggestion) ? "write " + suggestion : "");
    }

    private static String suggestion(String text) {
        StringBuilder snake = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (Character.isUpperCase(c) && !snake.isEmpty() && snake.charAt(snake.length() - 1) != '_') {
                snake.append('_');
            }
            snake.append(Character.isLetterOrDigit(c) ? String.valueOf(c).toLowerCase(Locale.ROOT) : "_");
        }
        return snake.toString();
    }
}
