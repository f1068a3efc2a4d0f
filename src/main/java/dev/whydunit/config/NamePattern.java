package dev.whydunit.config;

import com.google.re2j.Pattern;
import dev.whydunit.yaml.Position;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A name, or a pattern for names in which {@code *} stands for any characters but slashes.
 *
 * @param line where it stands, as {@code policy.commands.deny (whydunit.yaml:12)}
 */
public record NamePattern(String text, String line) {
    /** One of the file; the place is made part of the line. */
    static NamePattern at(String text, String key, Position position) {
        return new NamePattern(text, line(key, position));
    }

    static String line(String key, Position position) {
        String file = position.file().substring(position.file().lastIndexOf('/') + 1);
        return key + ", " + file + ":" + position.line();
    }

    /** Whether it is that name. */
    public boolean matches(String name) {
        return text.contains("*") ? pattern().matcher(name).matches() : text.equals(name);
    }

    private Pattern pattern() {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")));
    }
}
