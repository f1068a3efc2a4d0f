package dev.whydunit.notification;

import dev.whydunit.report.MarkdownText;
import dev.whydunit.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message for Microsoft Teams, as an Adaptive Card for a workflow. Text from outside stands in text runs, which know no Markdown; in a
 * channel's template each value is escaped.
 *
 * @see <a href="https://adaptivecards.io/explorer/RichTextBlock.html">Adaptive Cards</a>
 */
public final class TeamsCard {
    /** What Teams takes is 28 KB, with what it adds. */
    private static final int MOST_BYTES = 26_000;

    private static final String SHORTENED = "Shortened to what Teams takes.";
    private static final JsonMapper JSON = new JsonMapper();

    private TeamsCard() {}

    /** The body of the request. */
    public static String body(Message message, Optional<MessageTemplate> template) {
        Layout.Filled filled = Layout.filled(template, message, TeamsCard::escaped);
        if (filled.text().isPresent()) {
            String text = filled.text().get();
            String body = card(message, List.of(block(text)));
            for (int keep = text.length(); Cut.bytes(body) > MOST_BYTES; keep -= 1 + keep / 10) {
                body = card(message, List.of(block(Cut.chars(text, keep)), run(SHORTENED, true)));
            }
            return body;
        }
        String body = card(message, elements(Layout.of(message, filled.remarks())));
        for (int lines = 8; Cut.bytes(body) > MOST_BYTES; lines -= 2) {
            List<String> remarks = new ArrayList<>(filled.remarks());
            remarks.add(SHORTENED);
            body = card(message, elements(Layout.of(message.shortened(Math.max(1, lines), 30 * lines), remarks)));
        }
        return body;
    }

    private static List<Object> elements(Layout layout) {
        List<Object> elements = new ArrayList<>();
        Map<String, Object> headline = run(layout.headline(), false);
        headline.put(
                "inlines",
                List.of(Fields.of(
                        "type",
                        "TextRun",
                        "text",
                        PlainText.line(layout.headline()),
                        "weight",
                        "bolder",
                        "size",
                        "large")));
        elements.add(headline);
        layout.text().forEach(line -> elements.add(run(line, false)));
        for (Layout.Section section : layout.sections()) {
            elements.add(Fields.of(
                    "type",
                    "TextBlock",
                    "text",
                    section.heading(),
                    "weight",
                    "bolder",
                    "separator",
                    true,
                    "wrap",
                    true));
            section.lines().forEach(line -> elements.add(run("• " + line, false)));
        }
        layout.footer().forEach(line -> elements.add(run(line, true)));
        return elements;
    }

    private static Map<String, Object> run(String text, boolean subtle) {
        return Fields.of(
                "type",
                "RichTextBlock",
                "inlines",
                List.of(Fields.of("type", "TextRun", "text", PlainText.line(text), "isSubtle", subtle)));
    }

    private static Map<String, Object> block(String text) {
        return Fields.of("type", "TextBlock", "text", text, "wrap", true);
    }

    private static String card(Message message, List<Object> elements) {
        Map<String, Object> card = Fields.of(
                "$schema",
                "http://adaptivecards.io/schemas/adaptive-card.json",
                "type",
                "AdaptiveCard",
                "version",
                "1.4",
                "body",
                elements);
        message.link()
                .ifPresent(link -> card.put(
                        "actions", List.of(Fields.of("type", "Action.OpenUrl", "title", Layout.OPEN, "url", link))));
        return JSON.writeValueAsString(Fields.of(
                "type",
                "message",
                "attachments",
                List.of(Fields.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card))));
    }

    /** Line by line, since the escapes are those of one. */
    private static String escaped(String value) {
        return value.lines().map(MarkdownText::escaped).collect(Collectors.joining("\n\n"));
    }
}
