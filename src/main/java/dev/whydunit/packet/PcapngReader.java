package dev.whydunit.packet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads pcapng (draft-ietf-opsawg-pcapng): several sections, several interfaces with their own link type and clock. */
final class PcapngReader extends PacketReader {
    /** The section header block's type, the same in both byte orders. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;

    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int OPTION_INTERFACE_DROPS = 5;
    private static final int OPTION_SYSTEM_DROPS = 7;

    private static final int MOST_INTERFACES = 65_536;
    private static final int SMALLEST_BLOCK = 12;
    private static final int MOST_OPTIONS = 256;
    private static final int DECIMAL_DIGITS = 9;
    private static final int BINARY_DIGITS = 63;

    /** An interface: its link type, the length that its packets are cut to, and its clock. */
    private record Interface(int linkType, int snaplen, long unitsPerSecond, long offsetSeconds) {}

    private final List<Interface> interfaces = new ArrayList<>();
    private boolean swapped;
    private long at;
    private long number;

    PcapngReader(CaptureBytes bytes) throws NotACapture, IOException {
        super(bytes);
        if (!bytes.has(0, SMALLEST_BLOCK) || !orderKnown(0)) {
            throw new NotACapture("it begins as pcapng but its byte-order mark is neither of the two");
        }
    }

    @Override
    boolean next() throws IOException {
        while (true) {
            if (!bytes.has(at, SMALLEST_BLOCK)) {
                return bytes.has(at, 1)
                        ? breakOff("cut short within a block header at byte %d, after packet %d".formatted(at, number))
                        : false;
            }
            int rawType = bytes.int32(at);
            if (rawType == SECTION) {
                if (!orderKnown(at)) {
                    return breakOff("a section at byte %d has no byte-order mark".formatted(at));
                }
                interfaces.clear();
            }
            int type = rawType == SECTION ? SECTION : int32(at);
            long length = Integer.toUnsignedLong(int32(at + 4));
            if (length < SMALLEST_BLOCK || length % 4 != 0) {
                return breakOff(
                        "a block at byte %d, after packet %d, says it is %d bytes long".formatted(at, number, length));
            }
            long block = at;
            at += length;
            boolean packet = switch (type) {
                case ENHANCED_PACKET, OBSOLETE_PACKET -> enhanced(block, length, type == OBSOLETE_PACKET);
                case SIMPLE_PACKET -> simple(block, length);
                case INTERFACE -> describe(block, length);
                case STATISTICS -> statistics(block, length);
                default -> false;
            };
            if (packet) {
                number++;
                return true;
            }
            if (broken().isPresent()) {
                return false;
            }
        }
    }

    @Override
    long position() {
        return at;
    }

    private boolean orderKnown(long section) {
        int mark = bytes.int32(section + 8);
        swapped = mark == Integer.reverseBytes(BYTE_ORDER);
        return swapped || mark == BYTE_ORDER;
    }

    private boolean enhanced(long block, long length, boolean obsolete) throws IOException {
        if (length < 32 || !bytes.has(block, 28)) {
            return breakOff("packet %d at byte %d is cut short".formatted(number + 1, block));
        }
        int index = obsolete ? int32(block + 8) & 0xffff : int32(block + 8);
        if (swapped && obsolete) {
            index = int32(block + 8) >>> 16;
        }
        if (index < 0 || index >= interfaces.size()) {
            return breakOff("packet %d at byte %d names interface %d, which is not described"
                    .formatted(number + 1, block, Integer.toUnsignedLong(index)));
        }
        Interface from = interfaces.get(index);
        long stamp = Integer.toUnsignedLong(int32(block + 12)) << 32 | Integer.toUnsignedLong(int32(block + 16));
        return found(block, block + 28, int32(block + 20), int32(block + 24), length - 32, from, time(stamp, from));
    }

    private boolean simple(long block, long length) throws IOException {
        if (interfaces.isEmpty()) {
            return breakOff("packet %d at byte %d comes before any interface".formatted(number + 1, block));
        }
        if (length < 16 || !bytes.has(block, 12)) {
            return breakOff("packet %d at byte %d is cut short".formatted(number + 1, block));
        }
        Interface from = interfaces.getFirst();
        int wire = int32(block + 8);
        long room = length - 16;
        int kept = (int) Math.min(Integer.toUnsignedLong(wire), room);
        if (from.snaplen > 0) {
            kept = Math.min(kept, from.snaplen);
        }
        return found(block, block + 12, kept, wire, room, from, nanos);
    }

    private boolean found(long block, long start, int length, int wire, long room, Interface from, long time)
            throws IOException {
        if (length < 0 || length > LONGEST || length > room) {
            return breakOff("packet %d at byte %d says %d bytes in a block with room for %d"
                    .formatted(number + 1, block, Integer.toUnsignedLong(length), room));
        }
        if (!bytes.has(start, length)) {
            return breakOff("cut short within packet %d at byte %d".formatted(number + 1, block));
        }
        linkType = from.linkType;
        nanos = time;
        captured = length;
        original = wire < length ? length : wire;
        data = start;
        return true;
    }

    private boolean describe(long block, long length) throws IOException {
        if (length < 20 || !bytes.has(block, (int) Math.min(length, CaptureBytes.MOST))) {
            return breakOff("an interface description at byte %d is cut short".formatted(block));
        }
        if (interfaces.size() >= MOST_INTERFACES) {
            return breakOff("more than %d interfaces at byte %d".formatted(MOST_INTERFACES, block));
        }
        int first = int32(block + 8);
        int link = swapped ? first >>> 16 : first & 0xffff;
        long units = 1_000_000;
        long offset = 0;
        long end = block + Math.min(length, CaptureBytes.MOST) - 4;
        long option = block + 16;
        for (int i = 0; i < MOST_OPTIONS && option + 4 <= end; i++) {
            int code = code(option);
            int size = size(option);
            if (code == 0 || option + 4 + size > end) {
                break;
            }
            if (code == OPTION_RESOLUTION && size >= 1) {
                units = unitsPerSecond(bytes.int32(option + 4) & 0xff);
            } else if (code == OPTION_OFFSET && size >= 8) {
                offset = int64(option + 4);
            }
            option += 4 + (size + 3 & ~3);
        }
        interfaces.add(new Interface(link, Math.max(int32(block + 12), 0), units, offset));
        return false;
    }

    private boolean statistics(long block, long length) throws IOException {
        int read = (int) Math.min(length, CaptureBytes.MOST);
        if (length < 24 || !bytes.has(block, read)) {
            return breakOff("interface statistics at byte %d are cut short".formatted(block));
        }
        long end = block + read - 4;
        long option = block + 20;
        for (int i = 0; i < MOST_OPTIONS && option + 4 <= end; i++) {
            int code = code(option);
            int size = size(option);
            if (code == 0 || option + 4 + size > end) {
                break;
            }
            if ((code == OPTION_INTERFACE_DROPS || code == OPTION_SYSTEM_DROPS) && size == 8) {
                dropped += Math.max(0, int64(option + 4));
            }
            option += 4 + (size + 3 & ~3);
        }
        return false;
    }

    /** Units of a clock: a power of ten, or of two when the first bit is set. */
    private static long unitsPerSecond(int resolution) {
        int exponent = resolution & 0x7f;
        if ((resolution & 0x80) != 0) {
            return 1L << Math.min(exponent, BINARY_DIGITS - 1);
        }
        long units = 1;
        for (int i = 0; i < Math.min(exponent, 2 * DECIMAL_DIGITS); i++) {
            units *= 10;
        }
        return units;
    }

    private static long time(long stamp, Interface from) {
        long units = from.unitsPerSecond;
        long seconds = Long.divideUnsigned(stamp, units);
        long rest = Long.remainderUnsigned(stamp, units);
        long fraction = units <= NANOS ? rest * (NANOS / units) : (long) (rest / (units / (double) NANOS));
        if (units < NANOS && NANOS % units != 0) {
            fraction = (long) (rest * ((double) NANOS / units));
        }
        long most = Long.MAX_VALUE / NANOS - 1;
        long whole = Math.clamp(seconds, 0, most) + Math.clamp(from.offsetSeconds, -most, most);
        return Math.clamp(whole, 0, most) * NANOS + Math.clamp(fraction, 0, NANOS - 1);
    }

    private int code(long option) {
        int both = bytes.int32(option);
        return swapped ? Integer.reverseBytes(both) >>> 16 : both & 0xffff;
    }

    private int size(long option) {
        int both = bytes.int32(option);
        return swapped ? Integer.reverseBytes(both) & 0xffff : both >>> 16;
    }

    private int int32(long offset) {
        int value = bytes.int32(offset);
        return swapped ? Integer.reverseBytes(value) : value;
    }

    private long int64(long offset) {
        long first = Integer.toUnsignedLong(int32(offset));
        long second = Integer.toUnsignedLong(int32(offset + 4));
        return swapped ? first << 32 | second : second << 32 | first;
    }
}
