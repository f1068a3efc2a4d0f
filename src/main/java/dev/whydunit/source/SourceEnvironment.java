package dev.whydunit.source;

import java.nio.file.Path;

/** What a source may ask of the configuration that it stands in. */
public interface SourceEnvironment {
    /**
     * The secret that a reference names: {@code env:NAME} or {@code file:PATH} (relative to the configuration; a trailing newline is cut).
     *
     * @throws IllegalArgumentException when it is neither or there is no such variable or file; the message names the
     *     reference, never a value
     */
    String secret(String reference);

    /** A path of the configuration made absolute: relative ones start at the configuration file's folder. */
    Path resolve(String path);
}
