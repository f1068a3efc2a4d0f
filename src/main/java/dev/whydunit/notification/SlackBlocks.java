package dev.whydunit.notification;

import dev.whydunit.report.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message for Slack, in Block Kit. Text from outside cannot notify anybody nor become a link: {@code & < >} are written as Slack asks, so that
 * no {@code <!channel>} and no {@code <@user>} comes about, and {@code verbatim} keeps Slack from looking for names and addresses itself.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Blocks</a>
 */
public final class SlackBlocks {
    /** Slack's own limits, in characters. */
    private static final int HEADER = 150;

    private static final int SECTION = 3_000;
    private static final String CUT = "\n… (cut: longer than Slack takes)";
    private static final JsonMapper JSON = new JsonMapper();

    private SlackBlocks() {}

    /**
     * The body of the request.
     *
     * @param channel where an app posts; empty for an incoming webhook, which has its channel
     */
    public static String body(Message message, Optional<MessageTemplate> template, Optional<String> channel) {
        Layout.Filled filled = Layout.filled(template, message, SlackBlocks::escaped);
        Map<String, Object> body = new LinkedHashMap<>();
        channel.ifPresent(name -> body.put("channel", name));
        body.put("text", line(message.headline(), SECTION));
        body.put(
                "blocks",
                filled.text()
                        .map(text -> List.<Object>of(section(fitting(text))))
                        .orElseGet(() -> blocks(Layout.of(message, filled.remarks()))));
        body.put("unfurl_links", false);
        body.put("unfurl_media", false);
        return JSON.writeValueAsString(body);
    }

    private static List<Object> blocks(Layout layout) {
        List<Object> blocks = new ArrayList<>();
        blocks.add(Fields.of(
                "type",
                "header",
                "text",
                Fields.of("type", "plain_text", "text", line(layout.headline(), HEADER), "emoji", false)));
        if (!layout.text().isEmpty()) {
            blocks.add(section(fitting(layout.text().stream()
                    .map(text -> escaped(PlainText.line(text)))
                    .collect(Collectors.joining("\n")))));
        }
        for (Layout.Section section : layout.sections()) {
            String lines = section.lines().stream()
                    .map(text -> "\n• " + escaped(PlainText.line(text)))
                    .collect(Collectors.joining());
            blocks.add(section(fitting("*" + section.heading() + "*" + lines)));
        }
        layout.link()
                .ifPresent(
                        link -> blocks.add(section("<" + escaped(link).replace("|", "%7C") + "|" + Layout.OPEN + ">")));
        if (!layout.footer().isEmpty()) {
            blocks.add(Fields.of(
                    "type", "context", "elements", List.of(text(line(String.join(" · ", layout.footer()), SECTION)))));
        }
        return blocks;
    }

    private static Map<String, Object> section(String text) {
        return Fields.of("type", "section", "text", text(text));
    }

    private static Map<String, Object> text(String text) {
        return Fields.of("type", "mrkdwn", "text", text, "verbatim", true);
    }

    /** One line of at most so many characters as Slack counts them, escapes included. */
    private static String line(String text, int most) {
        String line = PlainText.line(text);
        String escaped = escaped(line);
        for (int keep = Math.min(line.length(), most); escaped.length() > most; keep -= 1 + keep / 20) {
            escaped = escaped(Cut.chars(line, keep));
        }
        return escaped;
    }

    private static String fitting(String text) {
        return text.length() <= SECTION ? text : Cut.chars(text, SECTION - CUT.length()) + CUT;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
