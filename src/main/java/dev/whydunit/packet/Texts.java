package dev.whydunit.packet;

/** Text out of packets: whoever sends it decides what it says, so that it is made harmless for a screen here. */
final class Texts {
    private Texts() {}

    /** Appends printable ASCII as it is (letters made lower case) and any other byte as {@code \xx}. */
    static void append(StringBuilder text, Frame frame, int at, int length) {
        for (int i = 0; i < length; i++) {
            int c = frame.u8(at + i);
            if (c >= 'A' && c <= 'Z') {
                text.append((char) (c + 32));
            } else {
                one(text, c);
            }
        }
    }

    /** Bytes of the frame as text: printable ASCII as it is, any other byte as {@code \xx}. */
    static String of(Frame frame, int at, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            one(text, frame.u8(at + i));
        }
        return text.toString();
    }

    private static void one(StringBuilder text, int c) {
        if (c > ' ' && c < 127 && c != '\\') {
            text.append((char) c);
        } else {
            text.append("\\%02x".formatted(c));
        }
    }
}
