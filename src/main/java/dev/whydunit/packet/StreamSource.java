package dev.whydunit.packet;

import java.io.IOException;
import java.io.InputStream;

/** A stream to read a capture from. */
record StreamSource(InputStream in) implements CaptureBytes.Source {
    @Override
    public int read(byte[] to, int at, int length) throws IOException {
        return in.read(to, at, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
