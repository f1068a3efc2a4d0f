package dev.whydunit.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two threads count what one counts, to the last number and sentence. */
class HandoverTest {
    private static final int FILE_HEADER = 24;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void twoThreadsReportWhatOneReports(int seed) throws Exception {
        byte[] capture = traffic(seed).bytes();

        assertSame(capture, Limits.standard());
        assertThat(alone(capture, Limits.standard()).problems()).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8})
    void soTheyDoOfDamagedPackets(int seed) throws Exception {
        byte[] capture = traffic(seed).bytes();
        Random random = new Random(seed);
        for (int at = FILE_HEADER; at + 16 < capture.length; ) {
            int length = ByteBuffer.wrap(capture)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .getInt(at + 8);
            if (random.nextInt(3) == 0) {
                capture[at + 16 + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            }
            at += 16 + length;
        }

        assertSame(capture, Limits.standard());
        assertThat(alone(capture, Limits.standard()).malformed()).isGreaterThan(10);
    }

    @Test
    void soTheyDoWhenThereAreMoreConversationsThanAreFollowed() throws Exception {
        Limits few = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, 50, 20);
        byte[] capture = traffic(9).bytes();

        assertSame(capture, few);
        assertThat(alone(capture, few).notes()).anyMatch(note -> note.contains("too many to follow at once"));
    }

    @Test
    void soTheyDoOfAFileThatIsCutShort() throws Exception {
        byte[] capture = traffic(10).bytes();

        assertSame(Arrays.copyOf(capture, capture.length * 2 / 3 + 5), Limits.standard());
    }

    @Test
    void anInterruptEndsBoth() throws Exception {
        byte[] capture = traffic(11).bytes();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> apart(capture, Limits.standard())).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void assertSame(byte[] capture, Limits limits) throws Exception {
        CaptureReport one = alone(capture, limits);
        assertThat(apart(capture, limits)).isEqualTo(one);
        Path file = Files.write(folder.resolve("capture"), capture);
        assertThat(CaptureAnalysis.analyse(file, limits)).isEqualTo(one);
    }

    private static CaptureReport alone(byte[] capture, Limits limits) throws Exception {
        return CaptureAnalysis.alone(source(capture), limits, Optional.empty(), Optional.empty());
    }

    private static CaptureReport apart(byte[] capture, Limits limits) throws Exception {
        return CaptureAnalysis.apart(source(capture), limits);
    }

    private static CaptureBytes.Source source(byte[] capture) {
        return new StreamSource(new ByteArrayInputStream(capture));
    }

    /** Some thousands of conversations of every kind, several windows long. */
    private static Wire traffic(int seed) {
        Random random = new Random(seed);
        Wire wire = new Wire();
        for (int i = 0; i < 2_500; i++) {
            int client = 1 + random.nextInt(40);
            int server = 100 + random.nextInt(6);
            int port = 20_000 + random.nextInt(20_000);
            wire.at(i * 3 + random.nextDouble());
            switch (random.nextInt(8)) {
                case 0 -> web(wire, random, client, port, server);
                case 1 ->
                    wire.tcp(client, port, server, 81, Wire.SYN, i, 0, "")
                            .tcp(server, 81, client, port, Wire.RST | Wire.ACK, 0, i + 1, "");
                case 2 ->
                    wire.udp(client, port, 200, 53, Wire.dns(i, "h" + random.nextInt(30) + ".test", -1))
                            .udp(
                                    200,
                                    53,
                                    client,
                                    port,
                                    Wire.dns(i, "h" + random.nextInt(30) + ".test", random.nextInt(6)));
                case 3 -> overTcp(wire, client, port, i);
                case 4 -> transfer(wire, random, client, port, server);
                case 5 -> fragments(wire, client, port, server, i);
                case 6 -> {
                    wire.tcp(client, port, server, 82, Wire.SYN, i, 0, "");
                    wire.frame(Wire.ethernet(0x0800, Wire.ipv4(250, client, 1, unreachable(client, server, port))));
                }
                default -> wire.tcp(server, 6_379, client, port, Wire.ACK, i, 1, "-ERR unknown " + i % 7 + "\r\n");
            }
        }
        return wire;
    }

    private static void web(Wire wire, Random random, int client, int port, int server) {
        wire.tcp(client, port, server, 80, Wire.SYN, 1, 0, "")
                .tcp(server, 80, client, port, Wire.SYN | Wire.ACK, 1, 2, "");
        String ask = "GET /p" + random.nextInt(20) + "?q HTTP/1.1\r\nHost: x\r\n\r\n";
        String answer = "HTTP/1.1 " + (random.nextInt(5) == 0 ? 503 : 200) + " x\r\nContent-Length: 2\r\n\r\nok";
        wire.tcp(client, port, server, 80, Wire.ACK, 2, 2, ask + ask);
        wire.tcp(server, 80, client, port, Wire.ACK, 2, 2L + 2 * ask.length(), answer + answer);
        wire.tcp(client, port, server, 80, Wire.RST, 2L + 2 * ask.length(), 0, "");
    }

    private static void overTcp(Wire wire, int client, int port, int id) {
        byte[] message = Wire.dns(id, "tcp.test", -1);
        byte[] framed = ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
        wire.tcp(client, port, 200, 53, Wire.ACK, 1, 1, 64_000, framed);
    }

    private static void transfer(Wire wire, Random random, int client, int port, int server) {
        byte[] data = new byte[1_400];
        for (int n = 0; n < 20; n++) {
            long sequence = 1 + 1_400L * (random.nextInt(6) == 0 ? Math.max(0, n - 2) : n);
            wire.tcp(server, 9_000, client, port, Wire.ACK, sequence, 1, random.nextInt(9) * 1_000, data);
            if (n % 2 == 0) {
                wire.tcp(client, port, server, 9_000, Wire.ACK, 1, sequence, "");
            }
        }
    }

    /** A segment in two fragments: its bytes are in no window. */
    private static void fragments(Wire wire, int client, int port, int server, int id) {
        byte[] segment = ByteBuffer.allocate(48)
                .putShort((short) port)
                .putShort((short) 80)
                .putInt(id)
                .putInt(1)
                .putShort((short) 0x5010)
                .putShort((short) 1_000)
                .putInt(0)
                .put("GET /f HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .array();
        byte[] first = Arrays.copyOf(segment, 24);
        byte[] second = Arrays.copyOfRange(segment, 24, 48);
        wire.frame(Wire.ethernet(0x0800, Wire.ipv4(client, server, 6, id, 0x2000, first)));
        wire.frame(Wire.ethernet(0x0800, Wire.ipv4(client, server, 6, id, 3, second)));
    }

    private static byte[] unreachable(int client, int server, int port) {
        byte[] quoted = Wire.ipv4(client, server, 6, new byte[20]);
        ByteBuffer message = ByteBuffer.allocate(8 + quoted.length)
                .put((byte) 3)
                .put((byte) 13)
                .position(8)
                .put(quoted);
        return message.putShort(28, (short) port).putShort(30, (short) 82).array();
    }
}
