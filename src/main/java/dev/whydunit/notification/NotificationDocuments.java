package dev.whydunit.notification;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** {@code notifications:} as it is written. */
final class NotificationDocuments {
    private NotificationDocuments() {}

    @About("Where messages go, and which.")
    record Whole(
            @About("Places that messages go to, by name.") List<Keyed<YamlNode.Mapping>> channels,

            @About("Which messages go where; all that fit count.")
            List<Route> routes) {}

    @About("Which messages go where.")
    record Route(
            @About(
                    value = "concluded, narrowed, inconclusive, symptom_absent, failed, approval; all when left out.",
                    example = "[concluded, narrowed]")
            Optional<Scalars> when,

            @About(
                    value = "What the labels of the alert must meet, as Alertmanager writes it.",
                    example = "['severity=\"critical\"']")
            Optional<Scalars> matchers,

            @About("Ids of runbooks; all when left out.") Optional<Scalars> runbooks,
            @About("Names of channels.") Scalars channels) {}

    @About("Slack: url of an incoming webhook, or token and channel of an app.")
    record Slack(
            Optional<YamlNode.Scalar> url,
            Optional<YamlNode.Scalar> token,
            Optional<YamlNode.Scalar> channel,
            @Default("https://slack.com/api") YamlNode.Scalar api,
            Optional<YamlNode.Scalar> template) {}

    @About("Microsoft Teams: url of a workflow.")
    record Teams(YamlNode.Scalar url, Optional<YamlNode.Scalar> template) {}

    @About("A note on the PagerDuty incident of the alert.")
    record PagerDuty(
            YamlNode.Scalar token,
            YamlNode.Scalar from,
            @Default("https://api.pagerduty.com") YamlNode.Scalar api,
            Optional<YamlNode.Scalar> template) {}

    @About("E-mail.")
    record Email(
            @About(value = "The server.", example = "smtp://mail.example.org:587")
            YamlNode.Scalar smtp,

            YamlNode.Scalar from,
            Scalars to,
            Optional<YamlNode.Scalar> user,
            Optional<YamlNode.Scalar> password,

            @About("Whether nothing is said before the connection is TLS.") @Default("true")
            boolean starttls,

            Optional<YamlNode.Scalar> subject,
            Optional<YamlNode.Scalar> template) {}

    @About("JSON to an address, signed as Standard Webhooks has it.")
    record Webhook(YamlNode.Scalar url, YamlNode.Scalar secret, Optional<YamlNode.Scalar> template) {}
}
