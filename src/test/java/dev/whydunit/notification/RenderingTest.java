package dev.whydunit.notification;

import static dev.whydunit.report.GoldenFile.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.report.WorkedInvestigation;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each service is sent, reviewed as prose. */
class RenderingTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Messages MESSAGES = new Messages(Optional.of(URI.create("https://whydunit.example.org")));
    private static final String HOSTILE =
            "<!channel> <@U1> &amp; @here </at> *b* [x](http://evil.example) ${{ 7*7 }} \u001b[2J\u202e\r\nBcc: evil@example.org\r\n\r\n<script>alert(1)</script>";

    private static Message concluded() {
        return MESSAGES.ended(WorkedInvestigation.ID, WorkedInvestigation.concluded(), Optional.of("inc-42"));
    }

    private static Message hostile() {
        Message message =
                MESSAGES.ended(WorkedInvestigation.ID, WorkedInvestigation.hostile(HOSTILE), Optional.of("inc-42"));
        return new Message(
                message.occasion(),
                HOSTILE,
                message.verdict(),
                message.probability(),
                List.of(HOSTILE),
                List.of(HOSTILE),
                List.of(HOSTILE),
                message.link(),
                message.incident(),
                message.investigation(),
                message.runbook(),
                message.environment(),
                Map.of("service", HOSTILE),
                Map.of("alertname", HOSTILE, Channel.PagerDuty.INCIDENT, HOSTILE),
                Map.of(),
                message.at());
    }

    /** As large as a message can be, in characters that take three bytes each and six in JSON. */
    private static Message huge() {
        String big = "\u20ac&".repeat(2_000);
        return new Message(
                Occasion.CONCLUDED,
                big,
                big,
                Optional.of(1.0),
                Collections.nCopies(40, big),
                Collections.nCopies(40, big),
                Collections.nCopies(40, big),
                Optional.of("https://whydunit.example.org/investigations/x"),
                Optional.of("inc-42"),
                Optional.of("x"),
                "runbook",
                "default",
                Map.of(),
                Map.of(),
                Map.of(),
                Instant.EPOCH);
    }

    private static Channel.Email email(Optional<MessageTemplate> subject, Optional<MessageTemplate> template) {
        return new Channel.Email(
                "mail",
                "localhost",
                25,
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                "w@example.org",
                List.of("a@example.org"),
                subject,
                template);
    }

    private static Optional<MessageTemplate> template(String text) {
        YamlNode.Scalar written = (YamlNode.Scalar)
                YamlReader.read("t.yaml", JSON.writeValueAsString(text)).root().orElseThrow();
        return MessageTemplate.compile(written).value().map(MessageTemplate::of);
    }

    private static String pretty(String json) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json)) + "\n";
    }

    private static String mail(Message message) {
        Letter letter = Letter.of(message, email(Optional.empty(), Optional.empty()));
        return "Subject: " + letter.subject() + "\n\n" + letter.text() + "\n" + letter.html();
    }

    private static String note(Message message) {
        return JSON.readTree(PagerDutyNote.body(message, Optional.empty()))
                .path("note")
                .path("content")
                .asString();
    }

    @Test
    void aConcludedInvestigationReadsLikeThis() throws IOException {
        assertSame(
                "notifications/slack.json", pretty(SlackBlocks.body(concluded(), Optional.empty(), Optional.empty())));
        assertSame("notifications/teams.json", pretty(TeamsCard.body(concluded(), Optional.empty())));
        assertSame("notifications/pagerduty.txt", note(concluded()));
        assertSame("notifications/email.txt", mail(concluded()));
        assertSame("notifications/webhook.json", pretty(WebhookPayload.body(concluded(), Optional.empty())));
    }

    @Test
    void textOfStrangersIsDataEverywhere() throws IOException {
        assertSame(
                "notifications/hostile-slack.json",
                pretty(SlackBlocks.body(hostile(), Optional.empty(), Optional.empty())));
        assertSame("notifications/hostile-teams.json", pretty(TeamsCard.body(hostile(), Optional.empty())));
        assertSame("notifications/hostile-email.txt", mail(hostile()));

        String slack = SlackBlocks.body(hostile(), Optional.empty(), Optional.empty());
        assertThat(slack).doesNotContain("<!", "<@", "<script", "\\u001b", "\\n<");
        assertThat(JSON.readTree(slack).path("blocks").findValues("verbatim"))
                .isNotEmpty()
                .allMatch(JsonNode::asBoolean);
        Letter letter = Letter.of(hostile(), email(Optional.empty(), Optional.empty()));
        assertThat(letter.subject()).doesNotContain("\r", "\n", "\u202e", "\u001b");
        assertThat(letter.html()).doesNotContain("<script", "\u001b", "\u202e");
        assertThat(letter.text()).doesNotContain("\u001b", "\u202e").doesNotContain("\nBcc");
    }

    @Test
    void valuesInATemplateAreEncodedForTheirPlaceAndTheAuthorsMarkupStays() {
        Optional<MessageTemplate> template =
                template("*${{ title }}* <https://wiki.example.org|wiki> ${{ evidence.join(\"\\n\") }}");
        String slack = JSON.readTree(SlackBlocks.body(hostile(), template, Optional.empty()))
                .path("blocks")
                .get(0)
                .path("text")
                .path("text")
                .asString();
        assertThat(slack)
                .startsWith("*&lt;!channel&gt; &lt;@U1&gt; &amp;amp; @here")
                .contains("<https://wiki.example.org|wiki>", "${{ 7*7 }}", "&lt;script&gt;")
                .doesNotContain("<!", "<@", "<script", "\u001b");

        String teams = TeamsCard.body(hostile(), template);
        assertThat(JSON.readTree(teams).at("/attachments/0/content/body/0/text").asString())
                .contains("\\<\\!channel\\>", "\\[x\\](http\\://evil.example)", "<https://wiki.example.org|wiki>");

        Letter letter = Letter.of(hostile(), email(template("[whydunit] ${{ title }}"), template));
        assertThat(letter.subject()).startsWith("[whydunit] <!channel>").doesNotContain("\n");
        assertThat(letter.html()).contains("&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void aTemplateWithoutItsValueLosesNoMessage() {
        Optional<MessageTemplate> template = template("for ${{ alert.labels.team }}: ${{ verdict }}");
        assertThat(note(concluded())).doesNotContain("template");
        String note = JSON.readTree(PagerDutyNote.body(concluded(), template))
                .path("note")
                .path("content")
                .asString();
        assertThat(note)
                .contains("One query reads far more rows than it returns")
                .contains("The template of this channel could not be used: ")
                .contains("team");
    }

    @Test
    void whatIsTooLargeForAServiceIsCutAndSaysSo() {
        JsonNode slack = JSON.readTree(SlackBlocks.body(huge(), Optional.empty(), Optional.empty()));
        assertThat(slack.path("blocks").size()).isLessThanOrEqualTo(50);
        assertThat(slack.at("/blocks/0/text/text").asString())
                .hasSizeLessThanOrEqualTo(150)
                .endsWith("…");
        slack.path("blocks")
                .valueStream()
                .skip(1)
                .forEach(block ->
                        assertThat(block.path("text").path("text").asString("")).hasSizeLessThanOrEqualTo(3_000));
        assertThat(slack.path("blocks").get(2).path("text").path("text").asString())
                .endsWith("… (cut: longer than Slack takes)");

        String teams = TeamsCard.body(huge(), Optional.empty());
        assertThat(teams.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(28 * 1024);
        assertThat(teams).contains("Shortened to what Teams takes.", "more");
        String templated = TeamsCard.body(huge(), template("${{ verdict }}".repeat(30)));
        assertThat(templated.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(28 * 1024);
        assertThat(templated).contains("Shortened to what Teams takes.");

        assertThat(JSON.readTree(PagerDutyNote.body(huge(), Optional.empty()))
                        .at("/note/content")
                        .asString())
                .hasSizeLessThanOrEqualTo(10_000)
                .contains("characters are more than fit)");
    }

    @Test
    void aProbabilityIsNeverCertain() {
        assertThat(huge().probability()).contains(0.9999);
        assertThat(WebhookPayload.body(huge(), Optional.empty())).contains("\"probability\":0.9999");
        assertThat(note(new Message(
                        Occasion.CONCLUDED,
                        "t",
                        "v",
                        Optional.of(0.0),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("x"),
                        "r",
                        "e",
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Instant.EPOCH)))
                .contains("whydunit investigation show x")
                .doesNotContain("http");
    }

    @Test
    void theStrongestThreeInFavourAreTold() {
        List<Event> events = WorkedInvestigation.concluded();
        Message message = MESSAGES.ended(WorkedInvestigation.ID, events, Optional.empty());

        assertThat(message.occasion()).isEqualTo(Occasion.CONCLUDED);
        assertThat(message.evidence()).hasSizeBetween(1, 3).allMatch(line -> line.contains("×"));
        assertThat(message.next()).isNotEmpty();
        assertThat(message.link()).contains("https://whydunit.example.org/investigations/" + WorkedInvestigation.ID);
    }
}
