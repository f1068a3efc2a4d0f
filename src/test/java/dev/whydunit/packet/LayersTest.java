package dev.whydunit.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a SYN is wrapped in, it is found. */
class LayersTest {
    private static final byte[] SYN = Wire.tcpSegment(40_000, 80, Wire.SYN, 1, 0, 1_000, new byte[0], new byte[0]);
    private static final byte[] V4 = Wire.ipv4(1, 2, 6, SYN);
    private static final byte[] V6 = Wire.ipv6(1, 2, 6, SYN);

    static Stream<Arguments> wrapped() {
        return Stream.of(
                Arguments.of("ethernet", 1, Wire.ethernet(0x0800, V4)),
                Arguments.of("ethernet, IPv6", 1, Wire.ethernet(0x86dd, V6)),
                Arguments.of("VLAN", 1, Wire.ethernet(0x8100, before("00640800", V4))),
                Arguments.of("QinQ", 1, Wire.ethernet(0x88a8, before("0064810000c80800", V4))),
                Arguments.of("SNAP", 1, Wire.ethernet(68, before("aaaa030000000800", V4))),
                Arguments.of("raw", 101, V4),
                Arguments.of("raw, IPv6", 101, V6),
                Arguments.of("IPv4 only", 228, V4),
                Arguments.of("IPv6 only", 229, V6),
                Arguments.of("null, little-endian", 0, before("02000000", V4)),
                Arguments.of("null, big-endian, IPv6", 0, before("0000001e", V6)),
                Arguments.of("loop", 108, before("00000002", V4)),
                Arguments.of("Linux cooked", 113, before("0000000100060200000000010000" + "0800", V4)),
                Arguments.of(
                        "Linux cooked 2", 276, before("86dd000000000001" + "0001" + "0006" + "0200000000010000", V6)),
                Arguments.of(
                        "hop-by-hop and destination options",
                        101,
                        Wire.ipv6(1, 2, 0, before("3c00010400000000" + "0600010400000000", SYN))),
                Arguments.of(
                        "authentication header",
                        101,
                        Wire.ipv6(1, 2, 51, before("060400000000000100000001" + "0".repeat(24), SYN))),
                Arguments.of("atomic fragment", 101, Wire.ipv6(1, 2, 44, before("0600000000000007", SYN))),
                Arguments.of("IP in IP", 101, Wire.ipv4(8, 9, 4, V4)),
                Arguments.of("6in4", 101, Wire.ipv4(8, 9, 41, V6)),
                Arguments.of("GRE", 101, Wire.ipv4(8, 9, 47, before("00000800", V4))),
                Arguments.of(
                        "GRE with key, bridged",
                        101,
                        Wire.ipv4(8, 9, 47, before("2000655800000007", Wire.ethernet(0x0800, V4)))),
                Arguments.of(
                        "VXLAN",
                        101,
                        Wire.ipv4(
                                8,
                                9,
                                17,
                                Wire.udpDatagram(5_000, 4789, before("0800000000000700", Wire.ethernet(0x0800, V4))))),
                Arguments.of(
                        "Geneve with an option",
                        101,
                        Wire.ipv4(
                                8,
                                9,
                                17,
                                Wire.udpDatagram(
                                        5_000,
                                        6081,
                                        before("0100655800000700" + "00000000", Wire.ethernet(0x86dd, V6))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrapped")
    void aSynIsFoundWithin(String how, int linkType, byte[] frame) throws Exception {
        CaptureReport report =
                new Wire(ByteOrder.LITTLE_ENDIAN, false, linkType).frame(frame).report();

        assertThat(report.malformed()).isZero();
        assertThat(report.tcp().conversations()).isEqualTo(1);
        assertThat(report.tcp().synUnanswered()).isEqualTo(1);
        Conversation found = report.conversations().stream()
                .filter(each -> each.protocol().equals("tcp"))
                .findFirst()
                .orElseThrow();
        assertThat(found.a()).isIn("10.0.0.1:40000", "[fd00::1]:40000");
        assertThat(found.b()).isIn("10.0.0.2:80", "[fd00::2]:80");
        assertThat(found.bytes()).isEqualTo(frame.length);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrapped")
    void aPacketCutAnywhereIsNoError(String how, int linkType, byte[] frame) throws Exception {
        for (int cut = 0; cut <= frame.length; cut++) {
            CaptureReport report = new Wire(ByteOrder.LITTLE_ENDIAN, false, linkType)
                    .cut(cut)
                    .frame(frame)
                    .report();
            assertThat(report.packets()).isEqualTo(1);
            assertThat(report.malformed())
                    .describedAs("cut to %d: %s", cut, report.firstMalformed())
                    .isZero();
        }
    }

    @Test
    void fragmentsAreJoinedInAnyOrder() throws Exception {
        byte[] datagram = Wire.udpDatagram(1_000, 53, Wire.dns(7, "a-long-name.example.test", -1));
        byte[] first = java.util.Arrays.copyOf(datagram, 24);
        byte[] rest = java.util.Arrays.copyOfRange(datagram, 24, datagram.length);
        CaptureReport report = new Wire()
                .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, 99, 3, rest)))
                .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, 99, 0x2000, first)))
                .report();

        assertThat(report.fragments()).isEqualTo(new CaptureReport.Fragments(2, 1, 0));
        assertThat(report.dns().queries()).isEqualTo(1);
        assertThat(report.dns().byName().getFirst().name()).isEqualTo("a-long-name.example.test");
    }

    @Test
    void fragmentsOfIpv6AreJoined() throws Exception {
        byte[] datagram = Wire.udpDatagram(1_000, 53, Wire.dns(7, "a-long-name.example.test", -1));
        byte[] first = java.util.Arrays.copyOf(datagram, 24);
        byte[] rest = java.util.Arrays.copyOfRange(datagram, 24, datagram.length);
        CaptureReport report = new Wire()
                .frame(Wire.ethernet(0x86dd, Wire.ipv6(1, 2, 44, before("1100000100000063", first))))
                .frame(Wire.ethernet(0x86dd, Wire.ipv6(1, 2, 44, before("1100001800000063", rest))))
                .report();

        assertThat(report.fragments().reassembled()).isEqualTo(1);
        assertThat(report.dns().queries()).isEqualTo(1);
    }

    @Test
    void whatCameFirstStaysWhereFragmentsOverlap() throws Exception {
        byte[] datagram = Wire.udpDatagram(1_000, 53, Wire.dns(7, "a-long-name.example.test", -1));
        byte[] first = java.util.Arrays.copyOf(datagram, 32);
        byte[] rest = java.util.Arrays.copyOfRange(datagram, 24, datagram.length);
        java.util.Arrays.fill(rest, 0, 8, (byte) 'x');
        CaptureReport report = new Wire()
                .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, 99, 0x2000, first)))
                .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, 99, 3, rest)))
                .report();

        assertThat(report.fragments()).isEqualTo(new CaptureReport.Fragments(2, 1, 1));
        assertThat(report.dns().byName().getFirst().name()).isEqualTo("a-long-name.example.test");
    }

    private static byte[] before(String hex, byte[] payload) {
        byte[] header = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(header.length + payload.length)
                .put(header)
                .put(payload)
                .array();
    }
}
