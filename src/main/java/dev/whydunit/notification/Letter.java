package dev.whydunit.notification;

import dev.whydunit.report.HtmlText;
import dev.whydunit.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A message as an e-mail.
 *
 * @param subject one line without control characters
 * @param text the plain body
 * @param html the same for those who prefer that; nothing in it is loaded from anywhere
 */
public record Letter(String subject, String text, String html) {
    private static final int SUBJECT = 200;
    private static final int TEXT = 100_000;

    /** For a channel. */
    public static Letter of(Message message, Channel.Email channel) {
        Layout.Filled subject = PlainMessage.filled(message, channel.subject());
        Layout.Filled own = PlainMessage.filled(message, channel.template());
        List<String> remarks = new ArrayList<>(own.remarks());
        remarks.addAll(subject.remarks());
        Layout.Filled body = new Layout.Filled(own.text(), remarks);
        String text = PlainMessage.text(message, body, TEXT);
        return new Letter(
                Cut.chars(
                        PlainText.line(subject.text().orElse(message.headline()).strip()), SUBJECT),
                text,
                page(body.text().isPresent() ? lines(text.lines()) : html(Layout.of(message, body.remarks()))));
    }

    private static String page(String body) {
        return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head>\n<body>\n" + body + "</body></html>\n";
    }

    private static String lines(Stream<String> lines) {
        return lines.map(HtmlText::escaped).collect(Collectors.joining("<br>\n", "<p>", "</p>\n"));
    }

    private static String html(Layout layout) {
        StringBuilder html = new StringBuilder("<h2>")
                .append(HtmlText.escaped(layout.headline()))
                .append("</h2>\n");
        html.append(lines(layout.text().stream()));
        for (Layout.Section section : layout.sections()) {
            html.append("<h3>").append(section.heading()).append("</h3>\n").append(items(section.lines()));
        }
        layout.link()
                .ifPresent(link -> html.append("<p><a href=\"")
                        .append(HtmlText.escaped(link))
                        .append("\">")
                        .append(Layout.OPEN)
                        .append("</a></p>\n"));
        layout.footer()
                .forEach(line ->
                        html.append("<p><small>").append(HtmlText.escaped(line)).append("</small></p>\n"));
        return html.toString();
    }

    private static String items(List<String> lines) {
        return lines.stream()
                .map(line -> "<li>" + HtmlText.escaped(line) + "</li>\n")
                .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
    }
}
