package dev.whydunit.packet;

import org.jspecify.annotations.Nullable;

/**
 * Texts that packets bring again and again, so that they need not be made anew each time. There is one place for each hash: what comes last
 * stays.
 */
final class KnownTexts {
    private static final int PLACES = 1 << 10;
    private static final int LONGEST = 256;

    private final byte[][] bytes = new byte[PLACES][];
    private final String[] texts = new String[PLACES];
    private int place;

    /** The text that was made of the same bytes; null when it is not known. */
    @Nullable
    String find(Frame frame, int at, int length) {
        place = frame.hash(at, length) & PLACES - 1;
        byte[] known = bytes[place];
        return known != null && frame.same(at, length, known) ? texts[place] : null;
    }

    /** Remembers what was made of the bytes that were just looked for. */
    String put(Frame frame, int at, int length, String text) {
        if (length <= LONGEST) {
            byte[] copy = new byte[length];
            frame.copy(at, copy, 0, length);
            bytes[place] = copy;
            texts[place] = text;
        }
        return text;
    }
}
