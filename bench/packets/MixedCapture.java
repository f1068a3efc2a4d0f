import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes a capture of mixed traffic: web requests, database queries, name resolution and bulk transfers, some with loss.
 * The same arguments give the same bytes.
 *
 * <p>Usage: {@code java MixedCapture.java FILE MEGABYTES}, or {@code java MixedCapture.java FILE flood FLOWS} for a flood of
 * distinct connections of one SYN each.
 */
public final class MixedCapture {
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int PUSH_ACK = 24;
    private static final int FIN_ACK = 17;

    private final Random random = new Random(42);
    private final OutputStream out;
    private final byte[] frame = new byte[2048];
    private final ByteBuffer bytes = ByteBuffer.wrap(frame);
    private final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    private long micros = 1_750_000_000_000_000L;
    private long written;

    private MixedCapture(OutputStream out) throws IOException {
        this.out = out;
        header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(262_144).putInt(1);
        out.write(header.array(), 0, 24);
        written = 24;
    }

    public static void main(String[] arguments) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 20)) {
            MixedCapture capture = new MixedCapture(out);
            if (arguments[1].equals("flood")) {
                capture.flood(Long.parseLong(arguments[2]));
            } else {
                capture.mix(Long.parseLong(arguments[1]) * 1_000_000);
            }
        }
    }

    private void flood(long flows) throws IOException {
        for (long i = 0; i < flows; i++) {
            micros++;
            tcp((int) (0x0b000000 + i / 60_000), 0x0a000001, 1_024 + (int) (i % 60_000), 443, (int) i, 0, SYN, new byte[0]);
        }
    }

    private void mix(long size) throws IOException {
        for (int n = 0; written < size; n++) {
            int client = 0x0a000100 + random.nextInt(60);
            int port = 20_000 + n % 40_000;
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4 -> web(client, port);
                case 5, 6, 7, 8 -> query(client, port);
                case 9, 10, 11, 12, 13, 14 -> resolve(client, port);
                default -> transfer(client, port, 10 + random.nextInt(60));
            }
        }
    }

    private void web(int client, int port) throws IOException {
        String request = "GET /items/" + random.nextInt(50) + "?q=1 HTTP/1.1\r\nHost: shop.test\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html,application/json\r\nAccept-Encoding: gzip\r\n\r\n";
        String body = "x".repeat(random.nextInt(600));
        String status = random.nextInt(50) == 0 ? "503 Service Unavailable" : "200 OK";
        String answer = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nServer: shop\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        exchange(client, 0x0a000002, port, 80, request.getBytes(StandardCharsets.US_ASCII), answer.getBytes(StandardCharsets.US_ASCII), 3);
    }

    private void query(int client, int port) throws IOException {
        // A simple query; a row with one column, the command's end, ready for the next.
        String text = "select price from items where id = " + random.nextInt(9_999);
        ByteBuffer ask = ByteBuffer.allocate(6 + text.length());
        ask.put((byte) 'Q').putInt(5 + text.length()).put(text.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        int column = random.nextInt(500);
        ByteBuffer answer = ByteBuffer.allocate(11 + column + 14 + 6);
        answer.put((byte) 'D').putInt(10 + column).putShort((short) 1).putInt(column).position(11 + column);
        answer.put((byte) 'C').putInt(13).put("SELECT 1\0".getBytes(StandardCharsets.US_ASCII));
        answer.put((byte) 'Z').putInt(5).put((byte) 'I');
        exchange(client, 0x0a000003, port, 5432, ask.array(), answer.array(), 8);
    }

    private void exchange(int client, int server, int port, int to, byte[] ask, byte[] answer, int times) throws IOException {
        int a = random.nextInt();
        int b = random.nextInt();
        tcp(client, server, port, to, a++, 0, SYN, new byte[0]);
        tcp(server, client, to, port, b++, a, SYN | ACK, new byte[0]);
        tcp(client, server, port, to, a, b, ACK, new byte[0]);
        for (int i = 0; i < times; i++) {
            tcp(client, server, port, to, a, b, PUSH_ACK, ask);
            a += ask.length;
            micros += 500;
            tcp(server, client, to, port, b, a, PUSH_ACK, answer);
            b += answer.length;
            tcp(client, server, port, to, a, b, ACK, new byte[0]);
        }
        tcp(client, server, port, to, a, b, FIN_ACK, new byte[0]);
        tcp(server, client, to, port, b, a + 1, FIN_ACK, new byte[0]);
        tcp(client, server, port, to, a + 1, b + 1, ACK, new byte[0]);
    }

    private void transfer(int client, int port, int segments) throws IOException {
        int server = 0x0a000004;
        int a = random.nextInt();
        int b = random.nextInt();
        byte[] data = new byte[1_448];
        random.nextBytes(data);
        tcp(client, server, port, 9_000, a++, 0, SYN, new byte[0]);
        tcp(server, client, 9_000, port, b++, a, SYN | ACK, new byte[0]);
        tcp(client, server, port, 9_000, a, b, ACK, new byte[0]);
        for (int i = 0; i < segments; i++) {
            tcp(server, client, 9_000, port, b, a, ACK, data);
            if (random.nextInt(100) == 0) {
                micros += 200_000;
                tcp(server, client, 9_000, port, b, a, ACK, data);
            }
            b += data.length;
            if (i % 2 == 0) {
                tcp(client, server, port, 9_000, a, b, ACK, new byte[0]);
            }
        }
    }

    private void resolve(int client, int port) throws IOException {
        byte[] name = ("\4host\4shop" + (char) 4 + "test\0").getBytes(StandardCharsets.ISO_8859_1);
        int id = random.nextInt(65_536);
        ByteBuffer question = ByteBuffer.allocate(12 + name.length + 4);
        question.putShort((short) id).putShort((short) 0x0100).putShort((short) 1).putShort((short) 0).putInt(0).put(name)
                .putShort((short) 1).putShort((short) 1);
        udp(client, 0x0a000035, port, 53, question.array());
        micros += 300;
        question.putShort(2, (short) (random.nextInt(20) == 0 ? 0x8183 : 0x8180));
        udp(0x0a000035, client, 53, port, question.array());
    }

    private void tcp(int from, int to, int fromPort, int toPort, int sequence, int ack, int flags, byte[] data) throws IOException {
        ip(from, to, 6, 20 + data.length);
        bytes.putShort((short) fromPort).putShort((short) toPort).putInt(sequence).putInt(ack).put((byte) 0x50).put((byte) flags)
                .putShort((short) 64_000).putInt(0).put(data);
        write();
    }

    private void udp(int from, int to, int fromPort, int toPort, byte[] data) throws IOException {
        ip(from, to, 17, 8 + data.length);
        bytes.putShort((short) fromPort).putShort((short) toPort).putShort((short) (8 + data.length)).putShort((short) 0).put(data);
        write();
    }

    private void ip(int from, int to, int protocol, int length) {
        bytes.clear();
        bytes.putLong(0x0200000000010200L).putInt(0x00000002).putShort((short) 0x0800);
        bytes.put((byte) 0x45).put((byte) 0).putShort((short) (20 + length)).putInt(0).put((byte) 64).put((byte) protocol).putShort((short) 0)
                .putInt(from).putInt(to);
    }

    private void write() throws IOException {
        micros += 5;
        int length = bytes.position();
        header.clear();
        header.putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000)).putInt(length).putInt(length);
        out.write(header.array(), 0, 16);
        out.write(frame, 0, length);
        written += 16 + length;
    }
}
