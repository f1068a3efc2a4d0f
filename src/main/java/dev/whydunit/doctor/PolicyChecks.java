package dev.whydunit.doctor;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.NamePattern;
import dev.whydunit.config.WriteGrant;
import dev.whydunit.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What policy leaves open. */
final class PolicyChecks {
    private PolicyChecks() {}

    static List<Check> of(Configuration configuration) {
        List<Check> checks = new ArrayList<>();
        List<WriteGrant> grants = configuration.policy().writes().orElse(List.of());
        if (grants.isEmpty()) {
            checks.add(Check.ok("policy", "a server changes nothing: policy.writes grants nothing"));
        }
        for (WriteGrant grant : grants) {
            checks.add(check(grant));
        }
        return checks;
    }

    private static Check check(WriteGrant grant) {
        String opens = grant.commands().stream()
                .filter(Policy::opensEverything)
                .map(NamePattern::text)
                .collect(Collectors.joining(", "));
        String what = what(grant);
        return opens.isEmpty()
                ? Check.ok("policy", what)
                : Check.warning(
                        "policy",
                        what + "; " + opens + " starts whatever it is told to",
                        "name the programs themselves: a person at night sees one line and says yes");
    }

    private static String what(WriteGrant grant) {
        List<String> parts = new ArrayList<>();
        add(parts, "kinds", grant.kinds());
        add(parts, "commands", grant.commands());
        add(parts, "interfaces", grant.interfaces());
        add(parts, "sources", grant.sources());
        add(parts, "channels", grant.channels());
        add(parts, "hosts", grant.hosts());
        return "with leave of a token of role " + grant.approvers() + " or above a server may change things by "
                + (parts.isEmpty() ? "nothing" : String.join("; ", parts)) + " (" + grant.line() + ")";
    }

    private static void add(List<String> parts, String key, List<NamePattern> names) {
        if (!names.isEmpty()) {
            parts.add(key + " " + names.stream().map(NamePattern::text).collect(Collectors.joining(", ")));
        }
    }
}
