package dev.whydunit.packet;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a capture by their absolute offset. They are read forward: what lies before an offset that was asked for may be gone. */
interface CaptureBytes extends Closeable {
    /**
     * Whether this many bytes from the offset on are there; makes them available.
     *
     * @param length at most {@link #MOST}
     */
    boolean has(long offset, int length) throws IOException;

    /** The 32 bits at an offset that {@link #has} said yes to, least significant byte first. */
    int int32(long offset);

    /** Copies bytes that {@link #has} said yes to. */
    void copy(long offset, byte[] to, int at, int length);

    /** The longest run of bytes that can be asked for at once. */
    int MOST = 1 << 20;
}
