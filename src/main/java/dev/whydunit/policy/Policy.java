package dev.whydunit.policy;

import dev.whydunit.config.AccessList;
import dev.whydunit.config.NamePattern;
import dev.whydunit.config.PolicySettings;
import dev.whydunit.config.Restriction;
import dev.whydunit.config.WriteGrant;
import dev.whydunit.engine.Permissions;
import dev.whydunit.engine.Touch;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The rules of a configuration for one investigation. Pure: the same deed gets the same answer. In order: what the lists deny, what is
 * restricted to others, and of a deed that changes something, whether a grant covers all of it.
 */
public final class Policy implements Permissions {
    private final PolicySettings settings;
    private final Starter starter;
    private final boolean attended;

    private Policy(PolicySettings settings, Starter starter, boolean attended) {
        this.settings = settings;
        this.starter = starter;
        this.attended = attended;
    }

    /** On a server: what changes something is denied unless a grant says otherwise. */
    public static Policy onServer(PolicySettings settings, Starter starter) {
        return new Policy(settings, starter, false);
    }

    /** Where a person is at the prompt: without any {@code policy.writes} it is theirs to allow what changes something. */
    public static Policy atPrompt(PolicySettings settings, Starter starter) {
        return new Policy(settings, starter, true);
    }

    /** Whether a grant of this name is one of every program: a pattern for all, or something that starts whatever it is told to. */
    public static boolean opensEverything(NamePattern command) {
        String name = command.text().substring(command.text().lastIndexOf('/') + 1);
        return name.equals("*") || ProgramNames.isWrapper(name);
    }

    @Override
    public Decision decide(Deed deed) {
        Optional<Denied> denied = byLists(deed).or(() -> byRestrictions(deed));
        if (denied.isPresent()) {
            return denied.get();
        }
        if (!deed.writes() || (attended && settings.writes().isEmpty())) {
            return new Allowed(settings.approvers(), settings.expires());
        }
        return settings.writes().orElse(List.of()).stream()
                .filter(grant -> grants(grant, deed))
                .findFirst()
                .<Decision>map(grant -> new Allowed(grant.approvers(), grant.expires()))
                .orElseGet(() -> notGranted(deed));
    }

    private Optional<Denied> byLists(Deed deed) {
        Optional<Denied> host =
                deed.host().flatMap(name -> refuses(settings.hosts(), "hosts", "host " + name, named(name)));
        if (host.isPresent()) {
            return host;
        }
        return deed.touches().stream().flatMap(touch -> refuses(touch).stream()).findFirst();
    }

    private Optional<Denied> refuses(Touch touch) {
        return switch (touch) {
            case Touch.Program program ->
                refuses(
                        settings.commands(),
                        "commands",
                        "program " + program.argv().getFirst(),
                        new Match(
                                name -> ProgramNames.allows(name, program),
                                name -> ProgramNames.denies(name, program)));
            case Touch.Source source ->
                source.name().flatMap(name -> refuses(settings.sources(), "sources", "source " + name, named(name)));
            case Touch.NetworkInterface network ->
                refuses(
                        settings.interfaces(),
                        "interfaces",
                        "interface " + network.name(),
                        new Match(name -> name.matches(network.name()), name -> overlaps(name, network.name())));
            case Touch.Channel channel -> Optional.empty();
        };
    }

    /** A capture on any interface is one on the denied one too. */
    private static boolean overlaps(NamePattern denied, String asked) {
        return denied.matches(asked) || asked.equals("any");
    }

    /** How a name of a rule is compared with what is asked for. */
    private record Match(Predicate<NamePattern> allows, Predicate<NamePattern> denies) {}

    private static Match named(String name) {
        return new Match(pattern -> pattern.matches(name), pattern -> pattern.matches(name));
    }

    private static Optional<Denied> refuses(AccessList list, String key, String what, Match match) {
        for (NamePattern denied : list.deny()) {
            if (match.denies().test(denied)) {
                return Optional.of(new Denied("policy denies the " + what, denied.line()));
            }
        }
        if (list.allow().isEmpty() || list.allow().stream().anyMatch(match.allows())) {
            return Optional.empty();
        }
        return Optional.of(new Denied(
                "policy does not allow the " + what, list.allow().getFirst().line()));
    }

    private Optional<Denied> byRestrictions(Deed deed) {
        return settings.restricted().stream()
                .filter(rule -> isAbout(rule, deed) && !starter.isOneOf(rule.startedBy()))
                .findFirst()
                .map(rule -> new Denied(
                        "policy allows this only in investigations started by " + String.join(" or ", rule.startedBy())
                                + ", not by " + starter,
                        rule.line()));
    }

    private static boolean isAbout(Restriction rule, Deed deed) {
        return (rule.kinds().isEmpty() || any(rule.kinds(), deed.kind()))
                && (rule.hosts().isEmpty()
                        || deed.host().filter(name -> any(rule.hosts(), name)).isPresent())
                && touches(rule.commands(), deed, Touch.Program.class, ProgramNames::denies)
                && touches(
                        rule.interfaces(),
                        deed,
                        Touch.NetworkInterface.class,
                        (name, network) -> overlaps(name, network.name()))
                && touches(
                        rule.sources(),
                        deed,
                        Touch.Source.class,
                        (name, source) -> source.name().filter(name::matches).isPresent());
    }

    private static <T extends Touch> boolean touches(
            List<NamePattern> names, Deed deed, Class<T> type, BiPredicate<NamePattern, T> is) {
        return names.isEmpty()
                || deed.touches().stream()
                        .filter(type::isInstance)
                        .map(type::cast)
                        .anyMatch(touch -> names.stream().anyMatch(name -> is.test(name, touch)));
    }

    /** Whether a grant covers the deed and all that it touches; a deed that touches nothing must be granted by its kind. */
    private boolean grants(WriteGrant grant, Deed deed) {
        boolean kind = grant.kinds().isEmpty() ? !deed.touches().isEmpty() : any(grant.kinds(), deed.kind());
        boolean host = grant.hosts().isEmpty()
                || deed.host().filter(name -> any(grant.hosts(), name)).isPresent();
        return kind
                && host
                && (grant.startedBy().isEmpty() || starter.isOneOf(grant.startedBy()))
                && deed.touches().stream().allMatch(touch -> grants(grant, touch));
    }

    private static boolean grants(WriteGrant grant, Touch touch) {
        return switch (touch) {
            case Touch.Program program ->
                grant.commands().stream().anyMatch(name -> ProgramNames.allows(name, program));
            case Touch.Source source ->
                source.name().filter(name -> any(grant.sources(), name)).isPresent();
            case Touch.NetworkInterface network -> any(grant.interfaces(), network.name());
            case Touch.Channel channel -> any(grant.channels(), channel.name());
        };
    }

    private static boolean any(List<NamePattern> names, String name) {
        return names.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private Denied notGranted(Deed deed) {
        String what = deed.touches().stream().map(Policy::words).findFirst().orElse("a step of kind " + deed.kind());
        String where = deed.host().map(name -> " on " + name).orElse("");
        List<WriteGrant> grants = settings.writes().orElse(List.of());
        String line = grants.size() == 1 ? grants.getFirst().line() : "policy.writes of whydunit.yaml";
        return new Denied(
                "no grant of policy covers " + what + where + " in an investigation started by " + starter, line);
    }

    private static String words(Touch touch) {
        return switch (touch) {
            case Touch.Program program -> "the program " + program.argv().getFirst();
            case Touch.Source source -> "the source " + source.name().orElse("of its type");
            case Touch.NetworkInterface network -> "the interface " + network.name();
            case Touch.Channel channel -> "the channel " + channel.name();
        };
    }
}
