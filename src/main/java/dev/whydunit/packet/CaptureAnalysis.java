package dev.whydunit.packet;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a capture from its first packet to its last and says what is in it and what is wrong. Memory is bounded whatever the
 * capture holds; time is linear in its packets.
 */
public final class CaptureAnalysis {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int BUFFER = 1 << 16;
    /** A smaller file is read before a second thread is warm. */
    private static final long WORTH_A_THREAD = 4L << 20;

    private static final int INTERRUPT_MASK = 0xfff;

    private CaptureAnalysis() {}

    /**
     * What a file shows: pcap or pcapng, gzipped or not.
     *
     * @throws NotACapture when it is neither pcap nor pcapng
     * @throws IOException when it cannot be read
     */
    public static CaptureReport analyse(Path file, Limits limits) throws IOException, NotACapture {
        return analyse(file, limits, Optional.empty(), Optional.empty());
    }

    /**
     * What a stream shows: pcap or pcapng, gzipped or not. It is read to its end and closed.
     *
     * @throws NotACapture when it is neither pcap nor pcapng
     * @throws IOException when it cannot be read, also when the thread was interrupted
     */
    public static CaptureReport analyse(InputStream stream, Limits limits) throws IOException, NotACapture {
        return analyse(stream, limits, Optional.empty(), Optional.empty());
    }

    /**
     * As {@link #analyse(Path, Limits)}, of the packets that a filter accepts.
     *
     * @param keeper is shown each of them
     */
    public static CaptureReport analyse(
            Path file, Limits limits, Optional<PacketFilter> filter, Optional<PacketKeeper> keeper)
            throws IOException, NotACapture {
        if (!Files.isRegularFile(file) || gzipped(file)) {
            return analyse(Files.newInputStream(file), limits, filter, keeper);
        }
        boolean apart = filter.isEmpty()
                && keeper.isEmpty()
                && Files.size(file) >= WORTH_A_THREAD
                && Runtime.getRuntime().availableProcessors() > 1;
        try {
            return apart ? apart(new MappedFile(file), limits) : alone(new MappedFile(file), limits, filter, keeper);
        } catch (InternalError shrunk) {
            // What the JDK throws when a mapped file became shorter while it was read.
            throw new IOException(file + " was cut off while it was read", shrunk);
        }
    }

    /**
     * As {@link #analyse(InputStream, Limits)}, of the packets that a filter accepts.
     *
     * @param keeper is shown each of them
     */
    public static CaptureReport analyse(
            InputStream stream, Limits limits, Optional<PacketFilter> filter, Optional<PacketKeeper> keeper)
            throws IOException, NotACapture {
        try (InputStream raw = new BufferedInputStream(stream, BUFFER)) {
            raw.mark(2);
            boolean zipped = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
            raw.reset();
            return alone(new StreamSource(zipped ? unzipped(raw) : raw), limits, filter, keeper);
        }
    }

    private static boolean gzipped(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        }
    }

    private static String damaged(IOException why) {
        return "it is gzipped and damaged before the first packet: "
                + (why instanceof EOFException ? "it ends too early" : why.getMessage());
    }

    private static InputStream unzipped(InputStream raw) throws IOException, NotACapture {
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (ZipException | EOFException damaged) {
            throw new NotACapture(damaged(damaged));
        }
    }

    private static PacketReader reader(CaptureBytes bytes) throws IOException, NotACapture {
        try {
            return PacketReader.of(bytes);
        } catch (ZipException | EOFException damaged) {
            throw new NotACapture(damaged(damaged));
        }
    }

    /** On this thread alone. */
    static CaptureReport alone(
            CaptureBytes.Source source, Limits limits, Optional<PacketFilter> filter, Optional<PacketKeeper> keeper)
            throws IOException, NotACapture {
        Connections connections = new Connections(limits, seed());
        try (CaptureBytes bytes = new CaptureBytes(source)) {
            return analyse(bytes, limits, filter, keeper, connections, connections);
        }
    }

    /** With a thread of its own for connections; the report is the same. */
    static CaptureReport apart(CaptureBytes.Source source, Limits limits) throws IOException, NotACapture {
        Connections connections = new Connections(limits, seed());
        try (Handover handover = new Handover(connections);
                CaptureBytes bytes = new CaptureBytes(source, handover)) {
            return analyse(bytes, limits, Optional.empty(), Optional.empty(), connections, handover);
        }
    }

    /** Makes hashes unpredictable to those who send packets. */
    private static long seed() {
        return new SplittableRandom().nextLong();
    }

    private static CaptureReport analyse(
            CaptureBytes bytes,
            Limits limits,
            Optional<PacketFilter> filter,
            Optional<PacketKeeper> keeper,
            Connections connections,
            Segments segments)
            throws IOException, NotACapture {
        PacketReader reader = reader(bytes);
        Observer observer = new Observer(reader, limits, seed(), connections, segments);
        List<String> notes = new ArrayList<>();
        long end = limits.packets();
        long seen = 0;
        try {
            while (reader.next()) {
                if (seen == end) {
                    notes.add("reading stopped after %d packets, the limit".formatted(end));
                    break;
                }
                if (reader.position() > limits.bytes()) {
                    notes.add("reading stopped after %d bytes, the limit".formatted(limits.bytes()));
                    break;
                }
                if ((++seen & INTERRUPT_MASK) == 0 && Thread.currentThread().isInterrupted()) {
                    throw new ClosedByInterruptException();
                }
                observer.packet(filter, keeper);
            }
        } catch (ZipException | EOFException damaged) {
            notes.add("the compressed file is damaged or cut short after packet %d".formatted(seen));
        }
        reader.broken().ifPresent(why -> {
            observer.broken(why);
            notes.add("reading stopped: " + why);
        });
        return observer.report(notes);
    }
}
