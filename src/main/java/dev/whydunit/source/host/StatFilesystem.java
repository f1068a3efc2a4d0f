package dev.whydunit.source.host;

import java.nio.file.Path;
import java.util.Optional;

/** Asks a file system for its sizes. */
interface StatFilesystem {
    /**
     * Bytes, and numbers of files.
     *
     * @param free for root
     * @param available for everybody else
     */
    record Sizes(double size, double free, double available, double files, double filesFree) {}

    /** Empty when it does not tell. May block for as long as a dead server is waited for. */
    Optional<Sizes> of(Path mountPoint);
}
