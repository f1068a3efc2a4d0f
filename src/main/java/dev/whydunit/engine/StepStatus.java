package dev.whydunit.engine;

/** How a step came out. The JSON has the names in lower case. */
public enum StepStatus {
    /** It looked and saw, or saw that there is nothing to look at. */
    ENDED,
    /** It was tried and went wrong. */
    FAILED,
    /** It did not end within its limit. */
    TIMED_OUT,
    /** Its condition was false, or what it needs is missing, or the investigation was stopped before its turn. */
    SKIPPED,
    /** It was not permitted. */
    DENIED,
    /** The verdict was clear without it. */
    NOT_NEEDED
}
