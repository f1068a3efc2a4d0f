package dev.whydunit.config;

import dev.whydunit.config.PolicyDocument.GrantDocument;
import dev.whydunit.config.PolicyDocument.Names;
import dev.whydunit.config.PolicyDocument.RestrictionDocument;
import dev.whydunit.config.PolicyDocument.ShortGrant;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code policy:}. */
final class PolicyReader {
    private static final List<String> APPROVERS = List.of("responder", "author", "admin");
    private static final List<String> STARTERS =
            List.of("alert", "schedule", "command", "viewer", "responder", "author", "admin");
    private static final String CODE = "E640";
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Problems problems;
    private final Set<String> sources;

    /** @param sources the names of the configured ones */
    PolicyReader(Problems problems, Set<String> sources) {
        this.problems = problems;
        this.sources = Set.copyOf(sources);
    }

    PolicySettings read(PolicyDocument document) {
        List<Restriction> restricted = new ArrayList<>();
        document.restricted()
                .ifPresent(node -> items(node, "policy.restricted")
                        .forEach(item -> restriction(item).ifPresent(restricted::add)));
        Optional<ShortGrant> shortForm = document.writes()
                .filter(node -> node instanceof YamlNode.Mapping)
                .flatMap(node -> bind(node, ShortGrant.class, "policy.writes"));
        Optional<List<WriteGrant>> writes = document.writes()
                .map(node -> node instanceof YamlNode.Mapping
                        ? shortForm.map(form -> List.of(grant(form, node))).orElse(List.of())
                        : items(node, "policy.writes").stream()
                                .flatMap(item -> grant(item).stream())
                                .toList());
        return new PolicySettings(
                access(document.commands(), "commands"),
                access(document.hosts(), "hosts"),
                access(document.interfaces(), "interfaces"),
                known(access(document.sources(), "sources"), document.sources()),
                restricted,
                writes,
                shortForm.map(ShortGrant::approvers).orElse(PolicySettings.APPROVERS),
                shortForm.map(ShortGrant::expires).orElse(PolicySettings.EXPIRES));
    }

    private static AccessList access(Names names, String key) {
        return new AccessList(
                patterns(names.allow(), "policy." + key + ".allow"), patterns(names.deny(), "policy." + key + ".deny"));
    }

    private static List<NamePattern> patterns(Optional<Scalars> names, String key) {
        return names.map(Scalars::items).orElse(List.of()).stream()
                .map(name -> NamePattern.at(name.text(), key, name.position()))
                .toList();
    }

    /** A source that is spelt differently would be let through. */
    private AccessList known(AccessList list, Names names) {
        names.deny().ifPresent(this::known);
        names.allow().ifPresent(this::known);
        return list;
    }

    private void known(Scalars names) {
        for (YamlNode.Scalar name : names.items()) {
            if (!name.text().contains("*") && !sources.contains(name.text())) {
                problems.add(
                        CODE,
                        name,
                        "there is no source '" + name.text() + "'",
                        Spelling.didYouMeanOr(name.text(), sources, "sources"));
            }
        }
    }

    private List<YamlNode> items(YamlNode node, String key) {
        if (node instanceof YamlNode.Sequence list) {
            return list.items();
        }
        problems.add(CODE, node, key + " is a list of maps", "begin each with a hyphen");
        return List.of();
    }

    private <R extends Record> Optional<R> bind(YamlNode node, Class<R> type, String key) {
        int before = problems.size();
        Optional<R> bound = new Binder(Holes.NONE, problems).bindAsFarAsItGoes(node, type, key, node);
        return problems.size() == before ? bound : Optional.empty();
    }

    private Optional<Restriction> restriction(YamlNode node) {
        String key = "policy.restricted";
        return bind(node, RestrictionDocument.class, "an entry of " + key).map(document -> {
            document.sources().ifPresent(this::known);
            return new Restriction(
                    patterns(document.kinds(), key),
                    patterns(document.commands(), key),
                    patterns(document.hosts(), key),
                    patterns(document.interfaces(), key),
                    patterns(document.sources(), key),
                    starters(document.startedBy()),
                    NamePattern.line(key, node.position()));
        });
    }

    private Optional<WriteGrant> grant(YamlNode node) {
        String key = "policy.writes";
        return bind(node, GrantDocument.class, "an entry of " + key).map(document -> {
            approvers(document.approvers(), document.expires(), node);
            document.sources().ifPresent(this::known);
            return new WriteGrant(
                    patterns(document.kinds(), key),
                    patterns(document.commands(), key),
                    patterns(document.hosts(), key),
                    patterns(document.interfaces(), key),
                    patterns(document.sources(), key),
                    patterns(document.channels(), key),
                    document.startedBy().map(this::starters).orElse(List.of()),
                    document.approvers(),
                    document.expires(),
                    NamePattern.line(key, node.position()));
        });
    }

    private WriteGrant grant(ShortGrant document, YamlNode node) {
        approvers(document.approvers(), document.expires(), node);
        String key = "policy.writes.allow";
        return new WriteGrant(
                List.of(),
                patterns(document.allow(), key),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                document.approvers(),
                document.expires(),
                NamePattern.line(key, node.position()));
    }

    private List<String> starters(Scalars words) {
        List<String> starters = new ArrayList<>();
        for (YamlNode.Scalar word : words.items()) {
            if (!STARTERS.contains(word.text())) {
                problems.add(
                        CODE,
                        word,
                        "nobody who starts investigations is called '" + word.text() + "'",
                        Spelling.didYouMeanOr(word.text(), STARTERS, "starters"));
            }
            starters.add(word.text());
        }
        return starters;
    }

    private void approvers(String role, Duration expires, YamlNode node) {
        YamlNode place = node instanceof YamlNode.Mapping mapping
                ? mapping.get("approvers").orElse(node)
                : node;
        if (!APPROVERS.contains(role)) {
            problems.add(CODE, place, "approvers is responder, author or admin, not " + role, "");
        }
        if (expires.isZero() || expires.compareTo(LONGEST) > 0) {
            problems.add(CODE, node, "expires is above 0 and at most 1h", "");
        }
    }
}
