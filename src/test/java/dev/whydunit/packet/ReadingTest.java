package dev.whydunit.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"little, false", "little, true", "big, false", "big, true"})
    void bothByteOrdersAndBothClocksAreRead(String order, boolean nanoseconds) throws Exception {
        ByteOrder of = order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        CaptureReport report = two(new Wire(of, nanoseconds, 1)).report();

        assertThat(report.packets()).isEqualTo(2);
        assertThat(report.bytes()).isEqualTo(2 * 54);
        assertThat(report.firstAt()).contains(Instant.parse("2025-06-15T15:06:40.001500Z"));
        assertThat(report.seconds()).isEqualTo(0.25);
        assertThat(report.malformed()).isZero();
        assertThat(report.notes()).isEmpty();
    }

    @Test
    void aMappedFileAStreamAndAGzippedFileSayTheSame() throws Exception {
        byte[] bytes = two(new Wire()).bytes();
        Path plain = Files.write(folder.resolve("a.pcap"), bytes);
        Path zipped = Files.write(folder.resolve("a.pcap.gz"), gzip(bytes));

        CaptureReport report = CaptureAnalysis.analyse(plain, Limits.standard());
        assertThat(report.packets()).isEqualTo(2);
        assertThat(CaptureAnalysis.analyse(zipped, Limits.standard())).isEqualTo(report);
        assertThat(Wire.report(bytes)).isEqualTo(report);
        assertThat(Wire.report(gzip(bytes))).isEqualTo(report);
    }

    @Test
    void aFileCutShortIsReadAsFarAsItGoes() throws Exception {
        byte[] bytes = two(new Wire()).bytes();
        CaptureReport report = Wire.report(Arrays.copyOf(bytes, bytes.length - 10));

        assertThat(report.packets()).isEqualTo(1);
        assertThat(report.malformed()).isEqualTo(1);
        assertThat(report.firstMalformed()).contains("cut short within packet 2 at byte 94");
        assertThat(report.notes()).containsExactly("reading stopped: cut short within packet 2 at byte 94");
    }

    @Test
    void aCutGzipFileIsReadAsFarAsItGoes() throws Exception {
        Wire wire = new Wire();
        for (int i = 0; i < 5_000; i++) {
            wire.at(i).tcp(1, 1_000 + i, 2, 80, Wire.SYN, i * 7919L, 0, "");
        }
        byte[] bytes = gzip(wire.bytes());
        CaptureReport report = Wire.report(Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(report.packets()).isBetween(100L, 4_999L);
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("damaged or cut short after packet"));
    }

    @Test
    void aGzipFileThatIsDamagedFromTheStartIsNoCapture() throws Exception {
        byte[] header = gzip(two(new Wire()).bytes());
        header[2] = 99;
        byte[] trailer = gzip(new byte[3]);
        trailer[trailer.length - 1] = 99;

        assertThatThrownBy(() -> Wire.report(header))
                .isInstanceOf(NotACapture.class)
                .hasMessageContaining("damaged before the first packet");
        assertThatThrownBy(() -> Wire.report(trailer))
                .isInstanceOf(NotACapture.class)
                .hasMessageContaining("damaged before the first packet");
    }

    @Test
    void aLengthThatNoPacketHasEndsTheReading() throws Exception {
        byte[] bytes = two(new Wire()).bytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 70 + 8, -2);
        CaptureReport report = Wire.report(bytes);

        assertThat(report.packets()).isEqualTo(1);
        assertThat(report.firstMalformed())
                .contains("the header of packet 2 at byte 94 says 4294967294 bytes, more than any packet has");
    }

    @Test
    void whatIsNoCaptureIsRefused() {
        assertThatThrownBy(() -> Wire.report("GET / HTTP/1.1".getBytes()))
                .isInstanceOf(NotACapture.class)
                .hasMessage("it begins with 47455420, which is neither pcap nor pcapng");
        assertThatThrownBy(() -> Wire.report(new byte[0])).isInstanceOf(NotACapture.class);
        assertThatThrownBy(() -> CaptureAnalysis.analyse(folder.resolve("none"), Limits.standard()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void limitsEndTheReadingAndAreSaid() throws Exception {
        byte[] bytes = two(new Wire()).bytes();
        CaptureReport report = CaptureAnalysis.analyse(
                new ByteArrayInputStream(bytes), Limits.standard().withPackets(1));

        assertThat(report.packets()).isEqualTo(1);
        assertThat(report.notes()).containsExactly("reading stopped after 1 packets, the limit");
        assertThat(CaptureAnalysis.analyse(
                                new ByteArrayInputStream(bytes),
                                Limits.standard().withBytes(100))
                        .notes())
                .containsExactly("reading stopped after 100 bytes, the limit");
    }

    @ParameterizedTest
    @CsvSource({"little", "big"})
    void pcapngHasSectionsInterfacesClocksAndStatistics(String order) throws Exception {
        ByteOrder of = order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] ethernet = Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, Wire.udpDatagram(1, 2, new byte[3])));
        byte[] raw = Wire.ipv4(1, 2, 17, Wire.udpDatagram(1, 2, new byte[3]));
        Ng ng = new Ng(of)
                .section()
                .described(1, 6, 0)
                .described(101, 9, 1_000_000)
                .packet(0, 1_750_000_000_250_000L, ethernet)
                .packet(1, 749_000_000_500_000_000L + 1_000_000_000_000_000_000L, raw)
                .statistics(0, 7)
                .section()
                .described(101, 0x80 | 10, 0)
                .packet(0, 1_750_000_000L * 1_024 + 512, raw)
                .block(0x0bad, new byte[8]);
        CaptureReport report = Wire.report(ng.out.toByteArray());

        assertThat(report.packets()).isEqualTo(3);
        assertThat(report.udp().conversations()).isEqualTo(1);
        assertThat(report.udp().datagrams()).isEqualTo(3);
        assertThat(report.linkTypes()).containsExactly("ETHERNET", "RAW");
        assertThat(report.firstAt()).contains(Instant.parse("2025-06-15T15:06:40.250Z"));
        assertThat(report.lastAt()).contains(Instant.parse("2025-06-15T15:06:40.500Z"));
        assertThat(report.dropped()).isEqualTo(7);
        assertThat(report.problems())
                .anySatisfy(problem -> assertThat(problem.kind()).isEqualTo("capture_drops"));
    }

    @Test
    void pcapngBlocksThatLieEndTheReading() throws Exception {
        Ng ng = new Ng(ByteOrder.LITTLE_ENDIAN).section().described(101, 6, 0);
        int at = ng.out.size();
        assertThat(Wire.report(concat(ng, 6, 8, 0)).firstMalformed())
                .contains("a block at byte " + at + ", after packet 0, says it is 8 bytes long");
        assertThat(Wire.report(concat(ng, 6, 36, 5)).firstMalformed())
                .contains("packet 1 at byte " + at + " names interface 5, which is not described");
    }

    private static byte[] concat(Ng ng, int type, int length, int index) {
        ByteBuffer block = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(type).putInt(length).putInt(index);
        byte[] begin = ng.out.toByteArray();
        byte[] all = Arrays.copyOf(begin, begin.length + 48);
        System.arraycopy(block.array(), 0, all, begin.length, 48);
        return all;
    }

    private static Wire two(Wire wire) {
        return wire.at(1.5)
                .tcp(1, 40_000, 2, 80, Wire.SYN, 1, 0, "")
                .at(251.5)
                .tcp(2, 80, 1, 40_000, Wire.SYN | Wire.ACK, 1, 2, "");
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** Blocks of pcapng. */
    record Ng(ByteOrder order, ByteArrayOutputStream out) {
        Ng(ByteOrder order) {
            this(order, new ByteArrayOutputStream());
        }

        Ng section() {
            ByteBuffer body = buffer(16);
            body.putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1);
            return block(0x0a0d0d0a, body.array());
        }

        Ng described(int linkType, int resolution, long offset) {
            ByteBuffer body = buffer(8 + 8 + 12 + 4);
            body.putShort((short) linkType).putShort((short) 0).putInt(0);
            body.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
            body.putShort((short) 14).putShort((short) 8).putLong(offset).putInt(0);
            return block(1, body.array());
        }

        Ng packet(int index, long stamp, byte[] data) {
            int padded = data.length + 3 & ~3;
            ByteBuffer body = buffer(20 + padded);
            body.putInt(index)
                    .putInt((int) (stamp >>> 32))
                    .putInt((int) stamp)
                    .putInt(data.length)
                    .putInt(data.length)
                    .put(data);
            return block(6, body.array());
        }

        Ng statistics(int index, long dropped) {
            ByteBuffer body = buffer(12 + 12 + 4);
            body.putInt(index)
                    .putLong(0)
                    .putShort((short) 5)
                    .putShort((short) 8)
                    .putLong(dropped)
                    .putInt(0);
            return block(5, body.array());
        }

        Ng block(int type, byte[] body) {
            ByteBuffer block = buffer(12 + body.length);
            block.putInt(type).putInt(12 + body.length).put(body).putInt(12 + body.length);
            out.writeBytes(block.array());
            return this;
        }

        private ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size).order(order);
        }
    }
}
