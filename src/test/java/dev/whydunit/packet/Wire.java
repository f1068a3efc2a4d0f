package dev.whydunit.packet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes captures by hand, packet by packet. Addresses are the last byte of 10.0.0.x, times milliseconds. */
final class Wire {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;
    static final byte[] NOTHING = new byte[0];

    private static final long START_SECONDS = 1_750_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final boolean nanoseconds;
    private int snaplen = 262_144;
    private long micros;

    Wire() {
        this(ByteOrder.LITTLE_ENDIAN, false, 1);
    }

    Wire(ByteOrder order, boolean nanoseconds, int linkType) {
        this.order = order;
        this.nanoseconds = nanoseconds;
        ByteBuffer header = ByteBuffer.allocate(24).order(order);
        header.putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0);
        header.putInt(262_144).putInt(linkType);
        out.writeBytes(header.array());
    }

    /** Packets from here on are at this time. */
    Wire at(double millis) {
        micros = Math.round(millis * 1_000);
        return this;
    }

    /** Packets from here on are cut to this length. */
    Wire cut(int length) {
        snaplen = length;
        return this;
    }

    /** Writes a frame as it is. */
    Wire frame(byte[] frame) {
        int length = Math.min(frame.length, snaplen);
        ByteBuffer header = ByteBuffer.allocate(16).order(order);
        header.putInt((int) (START_SECONDS + micros / 1_000_000));
        header.putInt((int) (micros % 1_000_000 * (nanoseconds ? 1_000 : 1)));
        header.putInt(length).putInt(frame.length);
        out.writeBytes(header.array());
        out.write(frame, 0, length);
        return this;
    }

    Wire tcp(int from, int fromPort, int to, int toPort, int flags, long sequence, long ack, String data) {
        return tcp(
                from, fromPort, to, toPort, flags, sequence, ack, 60_000, data.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire tcp(int from, int fromPort, int to, int toPort, int flags, long sequence, long ack, int window, byte[] data) {
        return frame(ethernet(
                0x0800, ipv4(from, to, 6, tcpSegment(fromPort, toPort, flags, sequence, ack, window, NOTHING, data))));
    }

    Wire udp(int from, int fromPort, int to, int toPort, byte[] data) {
        return frame(ethernet(0x0800, ipv4(from, to, 17, udpDatagram(fromPort, toPort, data))));
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    CaptureReport report() throws IOException, NotACapture {
        return report(bytes());
    }

    static CaptureReport report(byte[] capture) throws IOException, NotACapture {
        InputStream in = new ByteArrayInputStream(capture);
        return CaptureAnalysis.analyse(in, Limits.standard());
    }

    static byte[] ethernet(int type, byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length)
                .putLong(0x0200000000020200L)
                .putInt(1)
                .putShort((short) type)
                .put(payload)
                .array();
    }

    static byte[] ipv4(int from, int to, int protocol, byte[] payload) {
        return ipv4(from, to, protocol, 0, 0, payload);
    }

    static byte[] ipv4(int from, int to, int protocol, int id, int fragment, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(20 + payload.length);
        packet.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + payload.length))
                .putShort((short) id);
        packet.putShort((short) fragment).put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.putInt(0x0a000000 + from).putInt(0x0a000000 + to).put(payload);
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += packet.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return packet.putShort(10, (short) ~(sum + (sum >>> 16))).array();
    }

    static byte[] ipv6(int from, int to, int next, byte[] payload) {
        return ByteBuffer.allocate(40 + payload.length)
                .putInt(0x60000000)
                .putShort((short) payload.length)
                .put((byte) next)
                .put((byte) 64)
                .putLong(0xfd00000000000000L)
                .putLong(from)
                .putLong(0xfd00000000000000L)
                .putLong(to)
                .put(payload)
                .array();
    }

    /** Options are padded with zeros to a multiple of four. */
    static byte[] tcpSegment(
            int fromPort, int toPort, int flags, long sequence, long ack, int window, byte[] options, byte[] data) {
        int header = 20 + (options.length + 3 & ~3);
        return ByteBuffer.allocate(header + data.length)
                .putShort((short) fromPort)
                .putShort((short) toPort)
                .putInt((int) sequence)
                .putInt((int) ack)
                .put((byte) (header / 4 << 4))
                .put((byte) flags)
                .putShort((short) window)
                .putInt(0)
                .put(options)
                .position(header)
                .put(data)
                .array();
    }

    static byte[] udpDatagram(int fromPort, int toPort, byte[] data) {
        return ByteBuffer.allocate(8 + data.length)
                .putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) (8 + data.length))
                .putShort((short) 0)
                .put(data)
                .array();
    }

    /** A DNS message with one question; a response when the code is not negative. */
    static byte[] dns(int id, String name, int code) {
        ByteBuffer message = ByteBuffer.allocate(12 + name.length() + 2 + 4);
        message.putShort((short) id)
                .putShort((short) (code < 0 ? 0x0100 : 0x8180 | code))
                .putShort((short) 1);
        message.putShort((short) 0).putInt(0);
        for (String label : name.split("\\.")) {
            message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return message.put((byte) 0).putShort((short) 1).putShort((short) 1).array();
    }
}
