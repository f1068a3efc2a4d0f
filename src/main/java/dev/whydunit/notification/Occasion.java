package dev.whydunit.notification;

import dev.whydunit.schema.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a message is about: how an investigation ended, or that a person is waited for. */
public enum Occasion {
    /** One cause was found. */
    CONCLUDED,
    /** A branch was found, and not yet its leaf. */
    NARROWED,
    /** The evidence singles out no cause. */
    INCONCLUSIVE,
    /** Nothing is wrong now. */
    SYMPTOM_ABSENT,
    /** The investigation could not begin. */
    FAILED,
    /** A step waits for a person's leave. */
    APPROVAL,
    /** A step of a runbook said so. */
    STEP,
    /** A person tried a channel. */
    TEST;

    /** As it is written and shown. */
    public String word() {
        return Names.choice(this);
    }

    /** Those that a route can name. */
    static List<String> routed() {
        return Arrays.stream(values())
                .filter(occasion -> occasion != STEP && occasion != TEST)
                .map(Occasion::word)
                .toList();
    }

    /** That a word stands for; empty when it stands for none. */
    public static Optional<Occasion> of(String word) {
        return Arrays.stream(values())
                .filter(occasion -> occasion.word().equals(word))
                .findFirst();
    }
}
