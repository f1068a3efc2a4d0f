package dev.whydunit.incident;

import java.time.Instant;

/**
 * Something that happened in an incident.
 *
 * @param type {@code opened}, {@code alert}, {@code resolved}, {@code merged}, {@code reopened}, {@code closed}, {@code investigation},
 *     {@code note}, …
 * @param text in words
 */
public record TimelineEntry(int seq, Instant at, String type, String text) {}
