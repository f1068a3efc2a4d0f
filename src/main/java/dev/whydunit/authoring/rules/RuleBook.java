package dev.whydunit.authoring.rules;

import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every rule with its code; their texts are read from a resource when somebody asks for them. */
public final class RuleBook {
    private static final Set<String> STANDARD = Set.of(
            "W101", "W102", "W103", "W104", "W105", "W106", "W107", "W108", "W109", "W110", "W111", "W112", "W113",
            "W114", "W118", "W120", "W190", "W191", "W192", "W201", "W202", "W203", "W204", "W205", "W206", "W207",
            "W208", "W209", "W210", "W301", "W302", "W303", "W304", "W305", "W306");
    private static final Set<String> PRODUCTION = Set.of("W115", "W116", "W117", "W119", "W307");
    private static final Set<String> FIXABLE = Set.of("W101", "W102", "W103", "W104", "W106");

    private RuleBook() {}

    /** Whether there is such a warning. */
    static boolean isWarning(String code) {
        return STANDARD.contains(code) || PRODUCTION.contains(code);
    }

    /** The codes of all warnings, sorted. */
    static Set<String> warnings() {
        Set<String> codes = new TreeSet<>(STANDARD);
        codes.addAll(PRODUCTION);
        return codes;
    }

    /** The profile from which a code counts: errors always do. */
    public static Profile profileOf(String code) {
        return PRODUCTION.contains(code)
                ? Profile.PRODUCTION
                : STANDARD.contains(code) ? Profile.STANDARD : Profile.MINIMAL;
    }

    /** All rules, sorted by code: errors first. */
    public static List<Rule> all() {
        List<Rule> rules = new ArrayList<>();
        if (read() instanceof YamlNode.Mapping book) {
            for (YamlNode.Entry entry : book.entries()) {
                rules.add(new Rule(
                        entry.name(),
                        profileOf(entry.name()),
                        text(entry.value(), "summary"),
                        text(entry.value(), "why"),
                        text(entry.value(), "bad"),
                        text(entry.value(), "good"),
                        FIXABLE.contains(entry.name())));
            }
        }
        return rules;
    }

    /** The rule of that code, in upper or lower case. */
    public static Optional<Rule> find(String code) {
        return all().stream().filter(rule -> rule.code().equalsIgnoreCase(code)).findFirst();
    }

    private static String text(YamlNode rule, String key) {
        return rule instanceof YamlNode.Mapping map
                ? map.get(key).map(YamlNode::toString).orElse("")
                : "";
    }

    private static YamlNode read() {
        try (InputStream resource = RuleBook.class.getResourceAsStream("rules.yaml")) {
            if (resource == null) {
                throw new IllegalStateException("rules.yaml is not among the resources");
            }
            YamlReader.Read read =
                    YamlReader.read("rules.yaml", new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            return read.root()
                    .orElseThrow(() -> new IllegalStateException(
                            "rules.yaml: " + read.problems().getFirst().message()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
