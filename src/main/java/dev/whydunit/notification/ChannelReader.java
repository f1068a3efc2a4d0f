package dev.whydunit.notification;

import dev.whydunit.expression.Compiled;
import dev.whydunit.expression.Template;
import dev.whydunit.schema.Names;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads one channel. */
final class ChannelReader {
    private static final String BAD_CHANNEL = "E641";
    private static final String BAD_SETTING = "E642";
    private static final String BAD_TEMPLATE = "E644";
    private static final String WRITTEN_OUT = "E606";
    private static final String KIND = "kind";
    private static final List<String> KINDS = List.of("slack", "teams", "pagerduty", "email", "webhook");
    private static final int MOST_RECIPIENTS = 50;
    private static final int SMTP = 25;
    private static final int SMTPS = 465;

    private final Problems problems;

    ChannelReader(Problems problems) {
        this.problems = problems;
    }

    /** Empty when something is wrong with it, which is then among the problems. */
    Optional<Channel> read(Keyed<YamlNode.Mapping> written) {
        if (!Names.isId(written.name())) {
            problems.add(
                    BAD_CHANNEL,
                    written.key(),
                    "a channel is named with up to 64 lower-case letters, digits and '_', a letter first",
                    "");
        }
        Optional<YamlNode.Entry> kind = written.value().entry(KIND);
        if (kind.isEmpty()) {
            problems.add(
                    BAD_CHANNEL,
                    written.key(),
                    "channel '" + written.name() + "' has no kind",
                    "add kind: one of " + Spelling.list(KINDS));
            return Optional.empty();
        }
        int before = problems.size();
        String name = written.name();
        Optional<Channel> channel = switch (kind.get().value().toString()) {
            case "slack" -> bound(written, NotificationDocuments.Slack.class, it -> slack(written, it));
            case "teams" ->
                bound(
                        written,
                        NotificationDocuments.Teams.class,
                        it -> new Channel.Teams(name, secretAddress(it.url()), template(it.template())));
            case "pagerduty" -> bound(written, NotificationDocuments.PagerDuty.class, it -> pagerDuty(name, it));
            case "email" -> bound(written, NotificationDocuments.Email.class, it -> email(written, it));
            case "webhook" ->
                bound(
                        written,
                        NotificationDocuments.Webhook.class,
                        it -> new Channel.Webhook(
                                name, referenceOrAddress(it.url()), it.secret().text(), template(it.template())));
            default -> {
                String word = kind.get().value().toString();
                problems.add(
                        BAD_CHANNEL,
                        kind.get().value(),
                        "there is no kind of channel '" + word + "'",
                        Spelling.didYouMeanOr(word, KINDS, "kinds"));
                yield Optional.empty();
            }
        };
        return problems.size() == before ? channel : Optional.empty();
    }

    private <R extends Record> Optional<Channel> bound(
            Keyed<YamlNode.Mapping> written, Class<R> type, Function<R, Channel> make) {
        YamlNode.Mapping settings = new YamlNode.Mapping(
                written.value().entries().stream()
                        .filter(entry -> !entry.name().equals(KIND))
                        .toList(),
                written.value().position(),
                written.value().length());
        return new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(settings, type, "channel '" + written.name() + "'", written.key())
                .map(make);
    }

    private Channel slack(Keyed<YamlNode.Mapping> written, NotificationDocuments.Slack it) {
        if (it.url().isPresent() && it.token().isEmpty() && it.channel().isEmpty()) {
            return new Channel.SlackWebhook(
                    written.name(), secretAddress(it.url().get()), template(it.template()));
        }
        if (it.url().isPresent() || it.token().isEmpty() || it.channel().isEmpty()) {
            problems.add(
                    BAD_SETTING,
                    written.key(),
                    "channel '" + written.name() + "' needs a url, or a token and a channel",
                    "write url: 'env:SLACK_WEBHOOK' for an incoming webhook, or token: and channel: for an app");
        }
        return new Channel.SlackApp(
                written.name(),
                fixedAddress(it.api()),
                it.token().map(YamlNode.Scalar::text).orElse(""),
                it.channel().map(YamlNode.Scalar::text).orElse(""),
                template(it.template()));
    }

    private Channel pagerDuty(String name, NotificationDocuments.PagerDuty it) {
        return new Channel.PagerDuty(
                name, fixedAddress(it.api()), it.token().text(), mailbox(it.from()), template(it.template()));
    }

    private Channel email(Keyed<YamlNode.Mapping> written, NotificationDocuments.Email it) {
        Optional<URI> server = server(it.smtp());
        boolean secure =
                server.filter(uri -> "smtps".equalsIgnoreCase(uri.getScheme())).isPresent();
        if (it.to().items().isEmpty() || it.to().items().size() > MOST_RECIPIENTS) {
            problems.add(BAD_SETTING, written.key(), "to names one to " + MOST_RECIPIENTS + " addresses", "");
        }
        if (it.user().isPresent() != it.password().isPresent()) {
            problems.add(
                    BAD_SETTING,
                    written.key(),
                    "user and password are given both or not at all",
                    "password: 'env:NAME'");
        }
        if (it.user().isPresent() && !secure && !it.starttls()) {
            problems.add(
                    BAD_SETTING,
                    written.key(),
                    "a password is not sent over a connection that others can read",
                    "leave starttls out, or write smtps: in smtp");
        }
        return new Channel.Email(
                written.name(),
                server.map(URI::getHost).orElse(""),
                server.map(URI::getPort).filter(port -> port > 0).orElse(secure ? SMTPS : SMTP),
                secure,
                it.starttls(),
                it.user().map(YamlNode.Scalar::text),
                it.password().map(YamlNode.Scalar::text),
                mailbox(it.from()),
                it.to().items().stream().map(this::mailbox).toList(),
                template(it.subject()),
                template(it.template()));
    }

    private Optional<URI> server(YamlNode.Scalar written) {
        Optional<URI> server = mailServer(written.text());
        if (server.isEmpty()) {
            problems.add(
                    BAD_SETTING,
                    written,
                    "smtp is smtp://HOST:PORT or smtps://HOST:PORT",
                    "user and password are keys");
        }
        return server;
    }

    private static Optional<URI> mailServer(String text) {
        try {
            URI uri = new URI(text);
            boolean mail = "smtp".equalsIgnoreCase(uri.getScheme()) || "smtps".equalsIgnoreCase(uri.getScheme());
            return Optional.of(uri).filter(it -> mail && it.getHost() != null && it.getRawUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** One plain address: enough that it is one, and nothing that ends a header or begins another recipient. */
    private String mailbox(YamlNode.Scalar written) {
        boolean good = written.text().length() <= 254
                && written.text()
                        .matches(
                                "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?");
        if (!good) {
            problems.add(BAD_SETTING, written, "this is no e-mail address", "write it as sre@example.org");
        }
        return written.text();
    }

    /** Whoever knows it can post there. Keys that are always secrets are looked at for all of the configuration elsewhere. */
    private String secretAddress(YamlNode.Scalar written) {
        if (!Channel.isReference(written.text())) {
            problems.add(
                    WRITTEN_OUT,
                    written,
                    "this url is a secret, and given by reference, not by value",
                    "write env:NAME for an environment variable or file:PATH for a file");
        }
        return written.text();
    }

    private String referenceOrAddress(YamlNode.Scalar written) {
        return Channel.isReference(written.text()) ? written.text() : fixedAddress(written);
    }

    private String fixedAddress(YamlNode.Scalar written) {
        if (Channel.address(written.text()).isEmpty()) {
            problems.add(
                    BAD_SETTING,
                    written,
                    "this is no http or https address with a host and without a user",
                    "write it as https://HOST/PATH");
        }
        return written.text();
    }

    private Optional<MessageTemplate> template(Optional<YamlNode.Scalar> written) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Compiled<Template> compiled = MessageTemplate.compile(written.get());
        compiled.issues()
                .forEach(issue -> problems.add(
                        BAD_TEMPLATE, written.get(), issue.offset(), issue.length(), issue.message(), issue.help()));
        return compiled.value().map(MessageTemplate::of);
    }
}
