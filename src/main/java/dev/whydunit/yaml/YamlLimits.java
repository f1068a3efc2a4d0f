package dev.whydunit.yaml;

/**
 * What a file may cost at most.
 *
 * @param chars of the whole file
 * @param depth of maps and lists in each other
 * @param nodes of the file, each use of an alias counted in full
 * @param aliases uses of {@code *alias}
 * @param scalarChars of one text
 */
public record YamlLimits(int chars, int depth, int nodes, int aliases, int scalarChars) {
    /** For runbooks and configurations: far above any that a person writes. */
    public static final YamlLimits STANDARD = new YamlLimits(1 << 20, 40, 50_000, 100, 1 << 16);
}
