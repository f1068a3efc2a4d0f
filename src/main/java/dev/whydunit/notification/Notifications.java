package dev.whydunit.notification;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a configuration says about messages.
 *
 * @param publicUrl where people reach the server; links begin with it
 * @param channels by name, in the order of the file
 * @param routes all that fit count
 */
public record Notifications(Optional<URI> publicUrl, Map<String, Channel> channels, List<NotificationRoute> routes) {
    /** Nothing is told to anybody. */
    public static final Notifications NONE = new Notifications(Optional.empty(), Map.of(), List.of());

    /** Keeps its own copies. */
    public Notifications {
        channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
        routes = List.copyOf(routes);
    }

    /** The channels that a message goes to, each once. */
    public List<Channel> channelsFor(Message message) {
        Set<Channel> found = new LinkedHashSet<>();
        routes.stream()
                .filter(route -> route.takes(message.occasion(), message.runbook(), message.labels()))
                .flatMap(route -> route.channels().stream())
                .flatMap(name -> Optional.ofNullable(channels.get(name)).stream())
                .forEach(found::add);
        return List.copyOf(found);
    }

    /** Makes messages whose links begin as configured. */
    public Messages messages() {
        return new Messages(publicUrl);
    }
}
