package dev.whydunit.runbook;

/** What a step does to the world. */
public enum Effect {
    /** It only looks. */
    READ,
    /** It changes something, and needs approval every time. */
    WRITE
}
