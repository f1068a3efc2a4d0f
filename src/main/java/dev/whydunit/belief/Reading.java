package dev.whydunit.belief;

/** A finding and what it came to. */
public record Reading(Finding finding, Outcome outcome) {}
