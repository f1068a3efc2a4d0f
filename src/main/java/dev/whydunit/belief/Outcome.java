package dev.whydunit.belief;

/** What a finding was read to be. */
public enum Outcome {
    /** Its condition held. */
    TRUE,
    /** Its condition did not hold. */
    FALSE,
    /** Its step failed, timed out, was skipped or denied, or found nothing to look at: no evidence at all. */
    UNKNOWN
}
