package dev.whydunit.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a capture holds, there is a report: no exception, no hang. */
class HostileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 101, 108, 113, 228, 229, 276, 147})
    void randomBytesAreReported(int linkType) throws Exception {
        Random random = new Random(linkType);
        Wire wire = new Wire(ByteOrder.LITTLE_ENDIAN, false, linkType);
        for (int i = 0; i < 3_000; i++) {
            byte[] frame = new byte[random.nextInt(200)];
            random.nextBytes(frame);
            wire.at(i).frame(frame);
        }
        assertThat(wire.report().packets()).isEqualTo(3_000);
    }

    @Test
    void changedBytesAreReported() throws Exception {
        byte[] all = Samples.of().bytes();
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = all.clone();
            for (int n = random.nextInt(12); n >= 0; n--) {
                changed[24 + random.nextInt(changed.length - 24)] = (byte) random.nextInt();
            }
            CaptureReport report = Wire.report(changed);
            assertThat(report.packets() + report.malformed()).isPositive();
        }
    }

    @Test
    void everyCutOfAFileIsReported() throws Exception {
        byte[] all = Samples.of().bytes();
        for (int length = 24; length < all.length; length += 7) {
            Path file = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(all, length));
            CaptureReport mapped = CaptureAnalysis.analyse(file, Limits.standard());
            // One packet of it is malformed, and the last may be cut.
            assertThat(mapped.malformed()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void timeThatRunsBackwardsOrJumpsIsNoError() throws Exception {
        Wire wire = new Wire();
        wire.at(0)
                .tcp(1, 1, 2, 2, Wire.SYN, 1, 0, "")
                .at(2_000_000_000_000L)
                .tcp(2, 2, 1, 1, Wire.SYN | Wire.ACK, 1, 2, "");
        wire.at(-1_000_000_000).tcp(1, 1, 2, 2, Wire.ACK, 2, 2, "x").at(0).tcp(1, 1, 2, 2, Wire.ACK, 2, 2, "x");
        CaptureReport report = wire.report();

        assertThat(report.packets()).isEqualTo(4);
        assertThat(report.overTime().packets().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void headersWithinHeadersEndAtALimit() throws Exception {
        byte[] packet = Wire.ipv4(1, 2, 17, Wire.udpDatagram(1, 2, new byte[0]));
        for (int i = 0; i < 500; i++) {
            packet = Wire.ipv4(1, 2, 4, packet);
        }
        CaptureReport report =
                new Wire(ByteOrder.LITTLE_ENDIAN, false, 101).frame(packet).report();

        assertThat(report.firstMalformed()).contains("packet 1: more than 8 headers of IP within each other");
    }

    @Test
    void fragmentsThatNeverEndKeepNoMoreThanSome() throws Exception {
        Wire wire = new Wire();
        for (int i = 0; i < 20_000; i++) {
            wire.frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, i, 0x2000 | 8_000, new byte[64])));
        }
        CaptureReport report = wire.report();

        assertThat(report.fragments()).isEqualTo(new CaptureReport.Fragments(20_000, 0, 0));
    }

    @Test
    void theCapturesOfOthersAreReportedWhenTheyAreThere() throws Exception {
        Path folder = Path.of("../shared/data/pcaps");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                CaptureReport report = CaptureAnalysis.analyse(file, Limits.standard());
                byte[] bytes = Files.readAllBytes(file);
                assertThat(CaptureAnalysis.analyse(new ByteArrayInputStream(bytes), Limits.standard()))
                        .describedAs(file.toString())
                        .isEqualTo(report);
            }
        }
    }

    /** A capture with something of everything. */
    static final class Samples {
        private Samples() {}

        static Wire of() {
            Wire wire = new Wire();
            wire.tcp(1, 4_000, 2, 80, Wire.SYN, 1, 0, "").at(1).tcp(2, 80, 1, 4_000, Wire.SYN | Wire.ACK, 1, 2, "");
            wire.tcp(1, 4_000, 2, 80, Wire.ACK, 2, 2, "GET /a HTTP/1.1\r\n\r\n");
            wire.tcp(2, 80, 1, 4_000, Wire.ACK, 2, 21, "HTTP/1.1 500 No\r\nContent-Length: 1\r\n\r\nx");
            wire.tcp(2, 5_432, 1, 4_001, Wire.ACK, 2, 21, "E\0\0\0\22SERROR\0C40001\0\0");
            wire.tcp(2, 6_379, 1, 4_002, Wire.ACK, 2, 21, "-ERR unknown\r\n");
            wire.tcp(
                    1,
                    4_003,
                    2,
                    443,
                    Wire.ACK,
                    2,
                    21,
                    "\26\3\1\0\60\1\0\0\54\3\3" + "\0".repeat(32) + "\0\0\2\23\1\1\0\0\0");
            wire.tcp(2, 443, 1, 4_003, Wire.ACK, 2, 21, "\25\3\3\0\2\2\50");
            wire.udp(1, 5_000, 9, 53, Wire.dns(1, "a.test", -1)).udp(9, 53, 1, 5_000, Wire.dns(1, "a.test", 3));
            wire.frame(Wire.ethernet(
                    0x86dd,
                    Wire.ipv6(1, 2, 0, ByteBuffer.allocate(8).put((byte) 17).array())));
            byte[] quoted = ByteBuffer.allocate(36)
                    .put((byte) 3)
                    .put((byte) 3)
                    .position(8)
                    .put(Wire.ipv4(1, 2, 17, Wire.udpDatagram(1, 2, new byte[0])), 0, 28)
                    .array();
            wire.frame(Wire.ethernet(0x0800, Wire.ipv4(2, 1, 1, quoted)));
            wire.frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, 5, 0x2000, Wire.udpDatagram(1, 53, new byte[8]))));
            return wire.frame(Wire.ethernet(0x0806, new byte[28]));
        }
    }
}
