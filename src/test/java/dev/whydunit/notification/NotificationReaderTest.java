package dev.whydunit.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.config.Configuration;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationReaderTest {
    private static final String GOOD = """
            public_url: https://whydunit.example.org
            notifications:
              channels:
                team: {kind: slack, url: 'env:SLACK_WEBHOOK'}
                app: {kind: slack, token: 'env:SLACK_TOKEN', channel: C012}
                ops: {kind: teams, url: 'file:secrets/teams'}
                pd: {kind: pagerduty, token: 'env:PD_TOKEN', from: sre@example.org}
                mail: {kind: email, smtp: 'smtp://mail.example.org:587', from: w@example.org, to: [a@example.org, b@example.org], user: w, password: 'env:MAIL'}
                hook: {kind: webhook, url: 'https://hooks.example.org/whydunit', secret: 'env:HOOK', template: '${{ verdict }}'}
              routes:
                - {when: [concluded, approval], matchers: ['severity="critical"', 'env!="test"'], channels: [team, pd]}
                - {runbooks: [triage], channels: hook}
                - {when: failed, channels: [team]}
            """;

    @TempDir
    private Path folder;

    private Configuration.Loaded load(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("whydunit.yaml"), text);
        return Configuration.load(file, "default", List.of(), Map.of());
    }

    private List<String> problems(String text) throws IOException {
        return load(text).problems().stream()
                .map(problem -> ProblemRenderer.line(problem) + " | " + problem.help())
                .map(line -> line.substring(line.indexOf("whydunit.yaml:")))
                .toList();
    }

    private static Message message(Occasion occasion, String runbook, Map<String, String> labels) {
        return new Message(
                occasion,
                "title",
                "verdict",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                runbook,
                "default",
                Map.of(),
                labels,
                Map.of(),
                Instant.EPOCH);
    }

    private static List<String> names(Notifications notifications, Message message) {
        return notifications.channelsFor(message).stream().map(Channel::name).toList();
    }

    @Test
    void everyRouteThatFitsCountsAndAChannelIsToldOnce() throws IOException {
        Notifications notifications = load(GOOD).configuration().orElseThrow().notifications();

        Map<String, String> critical = Map.of("severity", "critical");
        assertThat(names(notifications, message(Occasion.CONCLUDED, "shop", critical)))
                .containsExactly("team", "pd");
        assertThat(names(notifications, message(Occasion.CONCLUDED, "triage", critical)))
                .containsExactly("team", "pd", "hook");
        assertThat(names(notifications, message(Occasion.CONCLUDED, "shop", Map.of("severity", "warning"))))
                .isEmpty();
        assertThat(names(
                        notifications,
                        message(Occasion.CONCLUDED, "shop", Map.of("severity", "critical", "env", "test"))))
                .isEmpty();
        assertThat(names(notifications, message(Occasion.NARROWED, "shop", critical)))
                .isEmpty();
        assertThat(names(notifications, message(Occasion.FAILED, "triage", Map.of())))
                .containsExactly("hook", "team");
    }

    @Test
    void whatAChannelNeedsIsReadAndItsSecretsAreReferences() throws IOException {
        Map<String, Channel> channels =
                load(GOOD).configuration().orElseThrow().notifications().channels();

        assertThat(channels.get("mail")).isInstanceOfSatisfying(Channel.Email.class, mail -> {
            assertThat(mail.host()).isEqualTo("mail.example.org");
            assertThat(mail.port()).isEqualTo(587);
            assertThat(mail.starttls()).isTrue();
            assertThat(mail.to()).containsExactly("a@example.org", "b@example.org");
        });
        assertThat(channels.get("pd"))
                .isInstanceOfSatisfying(
                        Channel.PagerDuty.class, pd -> assertThat(pd.api()).isEqualTo("https://api.pagerduty.com"));
        assertThat(channels.values().stream().flatMap(channel -> channel.references().stream()))
                .containsExactly(
                        "env:SLACK_WEBHOOK",
                        "env:SLACK_TOKEN",
                        "file:secrets/teams",
                        "env:PD_TOKEN",
                        "env:MAIL",
                        "env:HOOK");
    }

    @Test
    void anUnknownChannelOfARouteListsTheOnesThereAre() throws IOException {
        assertThat(problems("""
                notifications:
                  channels:
                    team: {kind: teams, url: 'env:A'}
                    ops: {kind: teams, url: 'env:B'}
                  routes:
                    - {channels: [teem]}
                    - {channels: [elsewhere], when: [conclude], matchers: ['severity=']}
                """))
                .containsExactly(
                        "whydunit.yaml:6:19: there is no channel 'teem' [E643] | did you mean 'team'? channels: team, ops",
                        "whydunit.yaml:7:19: there is no channel 'elsewhere' [E643] | channels: team, ops",
                        "whydunit.yaml:7:38: there is no occasion 'conclude' [E643] | did you mean 'concluded'?",
                        "whydunit.yaml:7:70: expected a value in double quotes [E312] | write it as severity=~\"critical|warning\"");
    }

    @Test
    void aSecretAddressThatIsWrittenOutIsRefusedWithoutShowingIt() throws IOException {
        String text = """
                notifications:
                  channels:
                    team: {kind: slack, url: 'https://hooks.slack.com/services/T0/B0/abcdef'}
                    hook: {kind: webhook, url: 'https://example.org', secret: plain}
                """;
        List<String> problems = problems(text);

        assertThat(problems).hasSize(2).allMatch(line -> line.contains("by reference, not by value [E606]"));
        assertThat(load(text).problems())
                .noneMatch(problem -> ProblemRenderer.full(problem, text).contains("abcdef")
                        || ProblemRenderer.full(problem, text).contains("plain"));
    }

    @Test
    void eachMistakeIsSaidWithItsPlace() throws IOException {
        assertThat(problems("""
                public_url: whydunit.example.org
                notifications:
                  channels:
                    a: {kind: slak, url: 'env:A'}
                    b: {url: 'env:A'}
                    c: {kind: slack}
                    d: {kind: email, smtp: 'http://mail', from: "x@example.org\\r\\nBcc: y@example.org", to: [z@example.org]}
                    e: {kind: email, smtp: 'smtp://mail', from: x@example.org, to: z@example.org, starttls: false, user: u, password: 'env:P'}
                    f: {kind: webhook, url: 'http://user:pw@example.org', secret: 'env:S'}
                    g: {kind: teams, url: 'env:T', templat: x}
                    Bad-Name: {kind: teams, url: 'env:T'}
                """))
                .satisfiesExactly(
                        line -> assertThat(line).contains(":1:13: public_url is where people reach the server"),
                        line -> assertThat(line)
                                .contains(":4:15: there is no kind of channel 'slak' [E641] | did you mean 'slack'?"),
                        line -> assertThat(line).contains(":5:5: channel 'b' has no kind"),
                        line -> assertThat(line).contains(":6:5: channel 'c' needs a url, or a token and a channel"),
                        line -> assertThat(line).contains(":7:28: smtp is smtp://HOST:PORT"),
                        line -> assertThat(line).contains(":7:49: this is no e-mail address"),
                        line -> assertThat(line).contains(":8:5: a password is not sent over a connection"),
                        line -> assertThat(line).contains(":9:29: this is no http or https address"),
                        line -> assertThat(line)
                                .contains(":10:36: channel 'g' has no key 'templat' [E201] | did you mean 'template'?"),
                        line -> assertThat(line).contains(":11:5: a channel is named with"));
    }

    @Test
    void aTemplateIsCheckedWhenItIsLoaded() throws IOException {
        assertThat(problems("""
                notifications:
                  channels:
                    team:
                      kind: teams
                      url: 'env:T'
                      template: '${{ verdikt }}, ${{ evidence + 1 }}, ${{ alert.labels.team }}'
                """))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains(":6:22: ")
                                .contains("verdikt")
                                .contains("[E644]")
                                .contains("did you mean 'verdict'?"),
                        line -> assertThat(line).contains(":6:47: ").contains("[E644]"));
    }
}
