package dev.whydunit.belief;

/** What a finding came to. */
public enum Outcome {
    /** It holds. */
    TRUE,
    /** It does not hold. */
    FALSE,
    /** It could not be read: the step failed, timed out, was not permitted, or had nothing to look at. */
    UNKNOWN
}
