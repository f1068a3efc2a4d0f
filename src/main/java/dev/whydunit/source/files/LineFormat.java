package dev.whydunit.source.files;

import java.util.Map;

/** Reads lines of one format. Not thread-safe. */
interface LineFormat {
    /**
     * When the event of a line happened, found as cheaply as can be: most lines lie outside the window and are looked at no further.
     *
     * @return nanoseconds since the epoch, or {@link TimeReader#NONE} when the line has no time that can be read
     */
    long time(byte[] bytes, int start, int end);

    /**
     * Reads the fields of a line whose time was found.
     *
     * @param into takes the fields: String, Long, Double, Boolean or a List of these
     * @return false when the line is not of this format
     */
    boolean parse(byte[] bytes, int start, int end, Map<String, Object> into);

    /** Whether a line without a time goes on with the event before it. */
    default boolean joinsLines() {
        return false;
    }
}
