package dev.whydunit.shell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes what a command behind the prompt prints, and hands it on in whole lines when it is flushed. */
final class AbovePrompt extends OutputStream {
    private static final int MOST = 1 << 20;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    AbovePrompt(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        waiting.write(b);
        if (waiting.size() > MOST) {
            flush();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        waiting.write(bytes, from, length);
        if (waiting.size() > MOST) {
            flush();
        }
    }

    @Override
    public synchronized void flush() {
        String text = waiting.toString(StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        if (end == 0) {
            return;
        }
        waiting.reset();
        byte[] rest = text.substring(end).getBytes(StandardCharsets.UTF_8);
        waiting.write(rest, 0, rest.length);
        lines.accept(text.substring(0, end));
    }

    /** Hands on what is left, whole line or not. */
    @Override
    public synchronized void close() {
        flush();
        if (waiting.size() > 0) {
            lines.accept(waiting.toString(StandardCharsets.UTF_8) + "\n");
            waiting.reset();
        }
    }
}
