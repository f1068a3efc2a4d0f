package dev.whydunit.notification;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place that messages go to. Addresses that are secrets, and secrets, are the references of the configuration ({@code env:NAME},
 * {@code file:PATH}): they are read each time that something is sent, so that a changed file counts at once.
 */
public sealed interface Channel {
    /** As the configuration calls it. */
    String name();

    /** As the configuration writes it. */
    String kind();

    /** What the message looks like instead of the built-in form. */
    Optional<MessageTemplate> template();

    /** References of the secrets that it needs. */
    List<String> references();

    /** Slack, by an incoming webhook whose address is the secret. */
    record SlackWebhook(String name, String url, Optional<MessageTemplate> template) implements Channel {
        @Override
        public String kind() {
            return "slack";
        }

        @Override
        public List<String> references() {
            return List.of(url);
        }
    }

    /**
     * Slack, as an app that posts into a channel.
     *
     * @param api where Slack's methods are
     * @param channel Slack's id or name of the channel
     */
    record SlackApp(String name, String api, String token, String channel, Optional<MessageTemplate> template)
            implements Channel {
        @Override
        public String kind() {
            return "slack";
        }

        @Override
        public List<String> references() {
            return List.of(token);
        }
    }

    /** Microsoft Teams, by a workflow that is started by a request. */
    record Teams(String name, String url, Optional<MessageTemplate> template) implements Channel {
        @Override
        public String kind() {
            return "teams";
        }

        @Override
        public List<String> references() {
            return List.of(url);
        }
    }

    /**
     * A note on the PagerDuty incident that the alert came from.
     *
     * @param api where PagerDuty's API is
     * @param from the address of a PagerDuty user, in whose name it is written
     */
    record PagerDuty(String name, String api, String token, String from, Optional<MessageTemplate> template)
            implements Channel {
        /** The label of an alert that names its incident. */
        public static final String INCIDENT = "pagerduty_incident";

        @Override
        public String kind() {
            return "pagerduty";
        }

        @Override
        public List<String> references() {
            return List.of(token);
        }
    }

    /**
     * E-mail.
     *
     * @param secure whether the connection is TLS from its beginning
     * @param starttls whether a connection that is not has to become so before anything is said
     * @param user and {@code password}: both or neither
     */
    record Email(
            String name,
            String host,
            int port,
            boolean secure,
            boolean starttls,
            Optional<String> user,
            Optional<String> password,
            String from,
            List<String> to,
            Optional<MessageTemplate> subject,
            Optional<MessageTemplate> template)
            implements Channel {
        /** Keeps its own copy of the list. */
        public Email {
            to = List.copyOf(to);
        }

        @Override
        public String kind() {
            return "email";
        }

        @Override
        public List<String> references() {
            return password.stream().toList();
        }
    }

    /**
     * Anything that takes JSON, signed as Standard Webhooks has it.
     *
     * @param url itself, or a reference
     */
    record Webhook(String name, String url, String secret, Optional<MessageTemplate> template) implements Channel {
        @Override
        public String kind() {
            return "webhook";
        }

        @Override
        public List<String> references() {
            return Stream.of(url, secret).filter(Channel::isReference).toList();
        }
    }

    /** Whether a text refers to a secret instead of being one. */
    static boolean isReference(String text) {
        return text.startsWith("env:") || text.startsWith("file:");
    }

    /** An address that can be asked by HTTP: with a host, and without a user; empty when the text is none. */
    static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return Optional.of(uri).filter(it -> http && it.getHost() != null && it.getRawUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Why this message has no place there; empty when it has one. */
    default Optional<String> objection(Message message) {
        return this instanceof PagerDuty && !message.labels().containsKey(PagerDuty.INCIDENT)
                ? Optional.of("the alert did not come from PagerDuty, so that there is no incident to write a note on")
                : Optional.empty();
    }
}
