package dev.whydunit.packet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file mapped into memory: it is read without a system call. */
final class MappedFile implements CaptureBytes.Source {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment segment;
    private final long size;
    private long position;

    MappedFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            size = channel.size();
            segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] to, int at, int length) {
        int n = (int) Math.min(length, size - position);
        if (n == 0) {
            return -1;
        }
        segment.asSlice(position, n).asByteBuffer().get(to, at, n);
        position += n;
        return n;
    }

    @Override
    public void close() {
        arena.close();
    }
}
