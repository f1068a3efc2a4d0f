package dev.whydunit.step.notify;

import dev.whydunit.schema.About;
import java.util.Optional;

/**
 * What {@code notify} says, and to whom.
 *
 * @param channel its name in the configuration
 * @param text what is said; values in it are data wherever it goes
 * @param subject its headline; the step's id when it is empty
 */
@About("A message to a channel of the configuration. Always needs approval.")
public record NotifyParameters(
        @About(value = "The channel, by its name under notifications.channels of whydunit.yaml.", example = "team")
        String channel,

        @About(
                value = "What is said, up to 2,000 characters.",
                example = "The primary of ${{ inputs.service }} is about to be restarted.")
        String text,

        @About(value = "Its headline; the step's id when left out.", example = "Restart of the primary")
        Optional<String> subject) {
    private static final int LONGEST = 2_000;

    /** Refuses what no channel would take. */
    public NotifyParameters {
        if (text.isBlank()) {
            throw new IllegalArgumentException("text is empty; say something");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("text is " + text.length() + " characters long, at most " + LONGEST);
        }
    }
}
