package dev.whydunit.notification;

import dev.whydunit.report.PlainText;
import java.util.List;
import java.util.Optional;

/** A message as plain text: the body of a note, and one of the two bodies of an e-mail. */
final class PlainMessage {
    private PlainMessage() {}

    /** What the channel's template makes of it. */
    static Layout.Filled filled(Message message, Optional<MessageTemplate> template) {
        return Layout.filled(template, message, value -> value);
    }

    /** At most so many chars; what was cut is said. */
    static String text(Message message, Layout.Filled filled, int most) {
        String text = filled.text().orElseGet(() -> text(Layout.of(message, filled.remarks())));
        String said = "\n… (cut: " + text.length() + " characters are more than fit)";
        return text.length() <= most ? text : Cut.chars(text, most - said.length()) + said;
    }

    private static String text(Layout layout) {
        StringBuilder text = new StringBuilder(PlainText.line(layout.headline())).append('\n');
        text.append('\n');
        lines(text, "", layout.text());
        for (Layout.Section section : layout.sections()) {
            text.append('\n').append(section.heading()).append(":\n");
            lines(text, "- ", section.lines());
        }
        layout.link().ifPresent(link -> text.append('\n').append(link).append('\n'));
        text.append('\n');
        lines(text, "", layout.footer());
        return text.toString().strip() + "\n";
    }

    private static void lines(StringBuilder text, String mark, List<String> lines) {
        lines.forEach(line -> text.append(mark).append(PlainText.line(line)).append('\n'));
    }
}
