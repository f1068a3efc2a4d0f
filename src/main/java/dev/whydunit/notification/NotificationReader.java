package dev.whydunit.notification;

import dev.whydunit.alert.LabelMatcher;
import dev.whydunit.alert.MalformedMatcher;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code notifications:} and checks it. */
public final class NotificationReader {
    private static final String BAD_CHANNEL = "E641";
    private static final String BAD_ROUTE = "E643";
    private static final String BAD_MATCHER = "E312";
    private static final int MOST_CHANNELS = 50;

    private final Problems problems;

    /** @param problems takes what is wrong */
    public NotificationReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads it.
     *
     * @param publicUrl where people reach the server, as written
     * @param written the value of {@code notifications}; empty when it is left out
     */
    public Notifications read(Optional<YamlNode.Scalar> publicUrl, Optional<YamlNode> written) {
        Optional<URI> url = publicUrl.flatMap(this::publicUrl);
        Optional<NotificationDocuments.Whole> document = written.flatMap(node -> new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(node, NotificationDocuments.Whole.class, "notifications", node));
        if (document.isEmpty()) {
            return new Notifications(url, Map.of(), List.of());
        }
        Map<String, Channel> channels = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        ChannelReader reader = new ChannelReader(problems);
        for (Keyed<YamlNode.Mapping> channel : document.get().channels()) {
            names.add(channel.name());
            reader.read(channel).ifPresent(read -> channels.put(read.name(), read));
        }
        if (names.size() > MOST_CHANNELS) {
            problems.add(
                    BAD_CHANNEL,
                    document.get().channels().getLast().key(),
                    "at most " + MOST_CHANNELS + " channels",
                    "");
        }
        return new Notifications(
                url,
                channels,
                document.get().routes().stream()
                        .map(route -> route(route, names))
                        .toList());
    }

    private Optional<URI> publicUrl(YamlNode.Scalar written) {
        Optional<URI> url = Channel.address(written.text());
        if (url.isEmpty() || url.get().getRawQuery() != null || url.get().getRawFragment() != null) {
            problems.add(
                    BAD_CHANNEL,
                    written,
                    "public_url is where people reach the server: an http or https address without user, ? and #",
                    "write it as https://whydunit.example.org");
            return Optional.empty();
        }
        return url;
    }

    private NotificationRoute route(NotificationDocuments.Route route, Set<String> known) {
        Set<Occasion> when = EnumSet.noneOf(Occasion.class);
        for (YamlNode.Scalar word : items(route.when())) {
            if (Occasion.routed().contains(word.text())) {
                Occasion.of(word.text()).ifPresent(when::add);
            } else {
                problems.add(
                        BAD_ROUTE,
                        word,
                        "there is no occasion '" + word.text() + "'",
                        Spelling.didYouMeanOr(word.text(), Occasion.routed(), "occasions"));
            }
        }
        List<LabelMatcher> matchers = new ArrayList<>();
        items(route.matchers()).forEach(text -> matcher(text).ifPresent(matchers::add));
        List<String> channels = new ArrayList<>();
        for (YamlNode.Scalar name : route.channels().items()) {
            channels.add(name.text());
            if (!known.contains(name.text())) {
                String all = known.isEmpty() ? "none is configured" : "channels: " + Spelling.list(known);
                String near = Spelling.didYouMean(name.text(), known);
                problems.add(
                        BAD_ROUTE,
                        name,
                        "there is no channel '" + name.text() + "'",
                        near.isEmpty() ? all : near + " " + all);
            }
        }
        Set<String> runbooks = new LinkedHashSet<>();
        items(route.runbooks()).forEach(id -> runbooks.add(id.text()));
        return new NotificationRoute(when, matchers, runbooks, channels);
    }

    private static List<YamlNode.Scalar> items(Optional<Scalars> scalars) {
        return scalars.map(Scalars::items).orElse(List.of());
    }

    private Optional<LabelMatcher> matcher(YamlNode.Scalar text) {
        try {
            return Optional.of(LabelMatcher.parse(text.text()));
        } catch (MalformedMatcher e) {
            problems.add(
                    BAD_MATCHER,
                    text,
                    e.offset(),
                    1,
                    String.valueOf(e.getMessage()),
                    "write it as severity=~\"critical|warning\"");
            return Optional.empty();
        }
    }
}
