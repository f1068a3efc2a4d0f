package dev.whydunit.engine;

import java.io.IOException;
import java.io.InputStream;

/** Where files that steps keep go, by the SHA-256 of their content. */
public interface ArtifactStore {
    /**
     * Keeps a file.
     *
     * @param name generated, for people; never a path
     * @throws IOException when it cannot be stored or is larger than the store allows
     */
    Artifact keep(String name, InputStream content) throws IOException;
}
