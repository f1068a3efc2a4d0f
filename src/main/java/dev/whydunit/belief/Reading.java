package dev.whydunit.belief;

/**
 * A finding with its outcome.
 *
 * @param finding what it says
 * @param outcome what was read
 */
public record Reading(Finding finding, Outcome outcome) {}
