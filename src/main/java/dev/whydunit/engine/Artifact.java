package dev.whydunit.engine;

/**
 * A file that a step kept as part of its observation.
 *
 * @param name a generated name for people, without path
 * @param bytes its size
 * @param sha256 its content's SHA-256 in lower-case hex, by which it is stored
 */
public record Artifact(String name, long bytes, String sha256) {}
