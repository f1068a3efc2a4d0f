package dev.whydunit.packet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file mapped into memory: nothing is copied but what is looked at. */
final class MappedBytes implements CaptureBytes {
    private static final ValueLayout.OfInt LITTLE =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment segment;
    private final long size;

    MappedBytes(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            size = channel.size();
            segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public boolean has(long offset, int length) {
        return offset <= size - length;
    }

    @Override
    public int int32(long offset) {
        return segment.get(LITTLE, offset);
    }

    @Override
    public void copy(long offset, byte[] to, int at, int length) {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, to, at, length);
    }

    @Override
    public void close() {
        arena.close();
    }
}
