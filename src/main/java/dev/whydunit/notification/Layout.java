package dev.whydunit.notification;

import dev.whydunit.expression.EvaluationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The built-in form of a message, before it is written for a service: the same parts in the same order everywhere.
 *
 * @param text line by line
 * @param sections those that have a line
 * @param footer what it belongs to, and what must be said about the message itself
 */
record Layout(String headline, List<String> text, List<Section> sections, Optional<String> link, List<String> footer) {
    static final String OPEN = "Open the investigation";

    /** Lines under a heading. */
    record Section(String heading, List<String> lines) {}

    /** A text of a channel's own, or why it could not be made. */
    record Filled(Optional<String> text, List<String> remarks) {}

    static Layout of(Message message, List<String> remarks) {
        List<Section> sections = new ArrayList<>();
        add(sections, "Evidence", message.evidence());
        add(sections, "Not checked", message.notChecked());
        add(sections, "Next", message.next());
        List<String> footer = new ArrayList<>();
        if (!message.about().isEmpty()) {
            footer.add(message.about());
        }
        if (message.link().isEmpty()) {
            message.investigation().ifPresent(id -> footer.add("whydunit investigation show " + id));
        }
        footer.addAll(remarks);
        return new Layout(
                message.headline(),
                message.verdict().lines().toList(),
                List.copyOf(sections),
                message.link(),
                List.copyOf(footer));
    }

    private static void add(List<Section> sections, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            sections.add(new Section(heading, lines));
        }
    }

    /**
     * The text that a channel's template makes. A message is not lost for a value that is absent: the built-in form then says so.
     *
     * @param place makes a value data where it goes
     */
    static Filled filled(Optional<MessageTemplate> template, Message message, UnaryOperator<String> place) {
        if (template.isEmpty()) {
            return new Filled(Optional.empty(), List.of());
        }
        try {
            return new Filled(Optional.of(template.get().render(message, place)), List.of());
        } catch (EvaluationFailure e) {
            return new Filled(
                    Optional.empty(), List.of("The template of this channel could not be used: " + e.getMessage()));
        }
    }
}
