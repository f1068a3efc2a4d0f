package dev.whydunit.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A capture with some of what captures hold, made up and long enough to be analysed as a long one is: for the launcher to find out which classes
 * that takes.
 */
final class TrainingCapture {
    private static final int ROUNDS = 3_000;
    private static final int CLIENT = 0x0a000001;
    private static final int SERVER = 0x0a000002;
    private static final int RST = 4;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int FIN_ACK = 17;
    private static final int WINDOW = 64_000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ANSWER = ("HTTP/1.1 503 Busy\r\nContent-Length: 1300\r\n\r\n" + "x".repeat(1_300))
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REQUEST =
            "GET /training?n=1 HTTP/1.1\r\nHost: training.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAME = "\10training\4test\0\0\1\0\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] DATABASE_ERROR =
            "E\0\0\0\34SERROR\0C40001\0Mtraining\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CLIENT_HELLO = HexFormat.of()
            .parseHex("160301003f0100003b0303" + "00".repeat(32) + "0000021301010000100000000c000a00000774"
                    + "7261696e696e");
    private static final byte[] ALERT = HexFormat.of().parseHex("15030300020228");

    private final OutputStream out;
    private final ByteBuffer frame = ByteBuffer.allocate(2_048);
    private long micros = 1_750_000_000_000_000L;

    private TrainingCapture(OutputStream out) {
        this.out = out;
    }

    /** Writes it to a file, some megabytes of pcap. */
    static void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(HexFormat.of().parseHex("d4c3b2a1020004000000000000000000ffff000001000000"));
            TrainingCapture capture = new TrainingCapture(out);
            for (int round = 0; round < ROUNDS; round++) {
                capture.round(10_000 + round, round);
            }
        }
    }

    private void round(int port, int id) throws IOException {
        tcp(true, port, 80, SYN, 1, 0, NOTHING);
        tcp(false, port, 80, SYN | ACK, 1, 2, NOTHING);
        tcp(true, port, 80, ACK, 2, 2, REQUEST);
        tcp(false, port, 80, ACK, 2, 2 + REQUEST.length, ANSWER);
        tcp(false, port, 80, ACK, 2, 2 + REQUEST.length, ANSWER);
        tcp(true, port, 80, FIN_ACK, 2 + REQUEST.length, 2 + ANSWER.length, NOTHING);
        tcp(true, port, 81, SYN, 1, 0, NOTHING);
        tcp(false, port, 81, RST | ACK, 0, 2, NOTHING);
        tcp(true, port, 443, ACK, 1, 1, CLIENT_HELLO);
        tcp(false, port, 443, ACK, 1, 1 + CLIENT_HELLO.length, ALERT);
        tcp(false, port, 5_432, ACK, 1, 1, DATABASE_ERROR);
        udp(true, port, id, 0x0100);
        udp(false, port, id, id % 3 == 0 ? 0x8183 : 0x8180);
    }

    private void tcp(boolean ask, int port, int service, int flags, int sequence, int ack, byte[] data)
            throws IOException {
        ip(ask, 6, 20 + data.length);
        ports(ask, port, service).putInt(sequence).putInt(ack).put((byte) 0x50).put((byte) flags);
        frame.putShort((short) WINDOW).putInt(0).put(data);
        write();
    }

    private void udp(boolean ask, int port, int id, int flags) throws IOException {
        ip(ask, 17, 8 + 12 + NAME.length);
        ports(ask, port, 53).putShort((short) (8 + 12 + NAME.length)).putShort((short) 0);
        frame.putShort((short) id)
                .putShort((short) flags)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0)
                .put(NAME);
        write();
    }

    private ByteBuffer ports(boolean ask, int port, int service) {
        return frame.putShort((short) (ask ? port : service)).putShort((short) (ask ? service : port));
    }

    private void ip(boolean ask, int protocol, int length) {
        frame.clear();
        frame.putLong(0x0200_0000_0001_0200L).putInt(2).putShort((short) 0x0800);
        frame.putShort((short) 0x4500)
                .putShort((short) (20 + length))
                .putInt(0)
                .put((byte) 64)
                .put((byte) protocol);
        frame.putShort((short) 0).putInt(ask ? CLIENT : SERVER).putInt(ask ? SERVER : CLIENT);
    }

    private void write() throws IOException {
        micros += 100;
        int length = frame.position();
        out.write(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (micros / MICROS_PER_SECOND))
                .putInt((int) (micros % MICROS_PER_SECOND))
                .putInt(length)
                .putInt(length)
                .array());
        out.write(frame.array(), 0, length);
    }
}
