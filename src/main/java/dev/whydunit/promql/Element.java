package dev.whydunit.promql;

/** One element of an instant vector. */
record Element(Labels labels, double value) {}
