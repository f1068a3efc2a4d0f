package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.yaml.YamlNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs every rule over one file. Stateless. */
public final class Rules {
    private static final List<Check> CHECKS = List.of(
            new Characters(),
            new OtherYaml(),
            new Reachability(),
            new CaptureFilters(),
            new Queries(),
            new TimeLimits(),
            new Completeness(),
            new ScriptValues(),
            new WriteEffects(),
            new ClearSecrets(),
            new Patterns(),
            new Policy(),
            new Reasoning(),
            new CountedTwice());

    private Rules() {}

    /**
     * What the rules say of a file beside its errors, in the order of the file; what its author ignores is left out. Of a
     * runbook with errors only its text is looked at.
     *
     * @param text of the file, without a byte order mark
     */
    public static List<Remark> look(String text, ParsedRunbook parsed, Profile profile, Surroundings surroundings) {
        Optional<YamlNode> root = parsed.document();
        if (profile == Profile.MINIMAL || root.isEmpty()) {
            return List.of();
        }
        Subject subject = Subject.of(text, root.get(), parsed.runbook(), surroundings);
        Remarks remarks = new Remarks();
        CHECKS.forEach(check -> check.look(subject, remarks));
        return new Ignores(root.get().position().file(), text)
                .apply(remarks.all(), parsed.runbook().isPresent()).stream()
                        .filter(remark ->
                                RuleBook.profileOf(remark.problem().code()).compareTo(profile) <= 0)
                        .sorted(Comparator.comparing(remark -> remark.problem().position()))
                        .toList();
    }
}
