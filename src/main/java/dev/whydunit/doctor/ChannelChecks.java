package dev.whydunit.doctor;

import dev.whydunit.config.Configuration;
import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Notifications;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether each channel could be written to, as far as that can be told without sending anything. */
final class ChannelChecks {
    private ChannelChecks() {}

    static List<Check> of(Configuration configuration) {
        Notifications notifications = configuration.notifications();
        List<Check> checks = new ArrayList<>();
        for (Channel channel : notifications.channels().values()) {
            checks.add(channel(configuration, channel));
        }
        if (!notifications.routes().isEmpty() && notifications.publicUrl().isEmpty()) {
            checks.add(Check.warning(
                    "public_url",
                    "messages have no link: nobody said where people reach the server",
                    "set public_url: https://… in whydunit.yaml"));
        }
        return checks;
    }

    private static Check channel(Configuration configuration, Channel channel) {
        String name = "channel " + channel.name();
        for (String reference : channel.references()) {
            try {
                String value = configuration.environment().secret(reference).strip();
                boolean address = isAddress(channel, reference);
                if (address && Channel.address(value).isEmpty()) {
                    return Check.problem(
                            name,
                            channel.kind() + ": " + reference + " holds no http or https address",
                            "put the whole address of the webhook there");
                }
            } catch (IllegalArgumentException e) {
                return Check.problem(
                        name,
                        channel.kind() + ": " + e.getMessage(),
                        "messages to it wait for up to a day until it is there");
            }
        }
        return open(channel)
                .map(why -> Check.warning(name, channel.kind() + ": " + why, "leave starttls out"))
                .orElseGet(() -> routed(configuration, channel)
                        ? Check.ok(
                                name,
                                channel.kind() + ", to be tried with: whydunit notification test " + channel.name())
                        : Check.warning(
                                name,
                                channel.kind() + ": no route names it, so that only notify steps use it",
                                "add it to notifications: {routes: …}"));
    }

    private static boolean routed(Configuration configuration, Channel channel) {
        return configuration.notifications().routes().stream()
                .anyMatch(route -> route.channels().contains(channel.name()));
    }

    private static boolean isAddress(Channel channel, String reference) {
        return switch (channel) {
            case Channel.SlackWebhook slack -> true;
            case Channel.Teams teams -> true;
            case Channel.Webhook webhook -> webhook.url().equals(reference);
            case Channel.SlackApp slack -> false;
            case Channel.PagerDuty pagerDuty -> false;
            case Channel.Email email -> false;
        };
    }

    private static Optional<String> open(Channel channel) {
        return channel instanceof Channel.Email email && !email.secure() && !email.starttls()
                ? Optional.of("mail goes out without TLS (starttls: false)")
                : Optional.empty();
    }
}
