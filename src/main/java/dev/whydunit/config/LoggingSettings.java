package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;

/** How a server logs. */
@About("How a server logs, on standard error.")
public record LoggingSettings(
        @About("text for people, json for collectors (ECS field names).") @Default("text")
        Format format) {
    /** For people. */
    public static final LoggingSettings DEFAULT = new LoggingSettings(Format.TEXT);

    /** Of a line. */
    public enum Format {
        /** For people. */
        TEXT,
        /** An object a line, with the field names of the Elastic Common Schema. */
        JSON
    }
}
