package dev.whydunit.yaml;

/** Reads YAML 1.2 (core schema) within limits. */
public final class YamlReader {
    private YamlReader() {}
}
