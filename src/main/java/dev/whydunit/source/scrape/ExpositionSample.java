package dev.whydunit.source.scrape;

/**
 * A line of the text format.
 *
 * @param series name and labels as written
 */
record ExpositionSample(String series, double value) {}
