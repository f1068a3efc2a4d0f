package dev.whydunit.step.ask;

import dev.whydunit.schema.About;
import java.util.List;

/**
 * What {@code ask} asks.
 *
 * @param question for people
 * @param choices the answers that there are; empty when any text is one
 */
@About("A question to whoever is there; when nobody is, its findings are unknown.")
public record AskParameters(
        @About(value = "The question, one sentence.", example = "Does the page load from your desk?")
        String question,

        @About(value = "The answers that there are; left out, any text is one.", example = "[yes, no]")
        List<String> choices) {
    private static final int MOST_CHOICES = 20;

    /** Keeps its own copy of the choices, and their number within what a person reads. */
    public AskParameters {
        choices = List.copyOf(choices);
        if (question.isBlank()) {
            throw new IllegalArgumentException("question is empty; say what is to be answered");
        }
        if (choices.size() > MOST_CHOICES) {
            throw new IllegalArgumentException("choices are at most " + MOST_CHOICES + ", not " + choices.size());
        }
    }
}
