package dev.whydunit.source.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/** The C library's statvfs: Java itself does not tell the number of files (inodes). 64-bit Linux, glibc and musl. */
final class NativeStatFilesystem implements StatFilesystem {
    /** struct statvfs on 64-bit Linux: longs f_bsize, f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree, … */
    private static final int FRAGMENT = 1;

    private static final int BLOCKS = 2;
    private static final int BLOCKS_FREE = 3;
    private static final int BLOCKS_AVAILABLE = 4;
    private static final int FILES = 5;
    private static final int FILES_FREE = 6;
    private static final int STRUCT_BYTES = 256;

    /** Made when first used: it costs some tens of milliseconds. */
    @SuppressWarnings("restricted")
    private static final class Loaded {
        private static final MethodHandle STATVFS = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().find("statvfs").orElseThrow(),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    }

    @Override
    public Optional<Sizes> of(Path mountPoint) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
            int failed = (int) Loaded.STATVFS.invokeExact(arena.allocateFrom(mountPoint.toString()), struct);
            if (failed != 0) {
                return Optional.empty();
            }
            double fragment = number(struct, FRAGMENT);
            return Optional.of(new Sizes(
                    number(struct, BLOCKS) * fragment,
                    number(struct, BLOCKS_FREE) * fragment,
                    number(struct, BLOCKS_AVAILABLE) * fragment,
                    number(struct, FILES),
                    number(struct, FILES_FREE)));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("statvfs", e);
        }
    }

    private static double number(MemorySegment struct, int index) {
        return struct.getAtIndex(ValueLayout.JAVA_LONG, index);
    }
}
