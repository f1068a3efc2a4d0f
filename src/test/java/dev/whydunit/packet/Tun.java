package dev.whydunit.packet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** A TUN device: IP packets that are sent to it are read from it, and the other way round. */
final class Tun implements AutoCloseable {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = handle(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL = handle(
            "ioctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ = handle(
            "read",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle WRITE = handle(
            "write",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle POLL = handle(
            "poll",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private static final int READ_WRITE = 2;
    private static final long TUNSETIFF = 0x400454caL;
    private static final short TUN_WITHOUT_HEADER = 0x1001;
    private static final int LARGEST = 65_536;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment in = arena.allocate(LARGEST);
    private final MemorySegment out = arena.allocate(LARGEST);
    private final MemorySegment polled = arena.allocate(8);
    private final int descriptor;

    /** Makes the device in the namespace of this process; it can be moved to another afterwards. */
    Tun(String name) throws IOException {
        MemorySegment request = arena.allocate(40);
        request.setString(0, name, StandardCharsets.US_ASCII);
        request.set(ValueLayout.JAVA_SHORT, 16, TUN_WITHOUT_HEADER);
        try {
            descriptor = (int) OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), READ_WRITE);
            if (descriptor < 0 || (int) IOCTL.invokeExact(descriptor, TUNSETIFF, request) < 0) {
                throw new IOException("cannot make a TUN device; it needs root and /dev/net/tun");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
        polled.set(ValueLayout.JAVA_INT, 0, descriptor);
        polled.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
    }

    /** The next packet; empty when none came within the time. */
    byte[] read(int millis) throws IOException {
        try {
            if ((int) POLL.invokeExact(polled, 1L, millis) <= 0) {
                return new byte[0];
            }
            long n = (long) READ.invokeExact(descriptor, in, (long) LARGEST);
            return n <= 0 ? new byte[0] : in.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    /** Gives a packet to the namespace that the device is in. */
    synchronized void write(byte[] packet) throws IOException {
        MemorySegment.copy(packet, 0, out, ValueLayout.JAVA_BYTE, 0, packet.length);
        try {
            long written = (long) WRITE.invokeExact(descriptor, out, (long) packet.length);
            if (written < 0 && packet.length == 0) {
                throw new IOException("nothing to write");
            }
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            int closed = (int) CLOSE.invokeExact(descriptor);
            if (closed < 0) {
                throw new IOException("closing a TUN device failed");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
        arena.close();
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), descriptor, options);
    }
}
