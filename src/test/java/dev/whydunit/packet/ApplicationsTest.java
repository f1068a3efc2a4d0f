package dev.whydunit.packet;

import static dev.whydunit.packet.Wire.ACK;
import static dev.whydunit.packet.Wire.FIN;
import static dev.whydunit.packet.Wire.PSH;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ApplicationsTest {
    private static final int DATA = PSH | ACK;

    @Test
    void questionsAndAnswersAreMatchedByServerAndName() throws Exception {
        Wire wire = new Wire();
        wire.at(0)
                .udp(1, 5_000, 9, 53, Wire.dns(1, "good.test", -1))
                .at(12)
                .udp(9, 53, 1, 5_000, Wire.dns(1, "good.test", 0));
        wire.at(20)
                .udp(1, 5_001, 9, 53, Wire.dns(2, "Bad.test", -1))
                .at(21)
                .udp(9, 53, 1, 5_001, Wire.dns(2, "bad.test", 3));
        wire.at(30)
                .udp(1, 5_002, 9, 53, Wire.dns(3, "broken.test", -1))
                .at(31)
                .udp(9, 53, 1, 5_002, Wire.dns(3, "broken.test", 2));
        wire.at(40)
                .udp(1, 5_003, 9, 53, Wire.dns(4, "secret.test", -1))
                .at(41)
                .udp(9, 53, 1, 5_003, Wire.dns(4, "secret.test", 5));
        wire.at(50)
                .udp(1, 5_004, 8, 53, Wire.dns(5, "lost.test", -1))
                .at(5_050)
                .udp(1, 5_004, 8, 53, Wire.dns(5, "lost.test", -1));
        CaptureReport report = wire.report();

        CaptureReport.Dns dns = report.dns();
        assertThat(dns.queries()).isEqualTo(6);
        assertThat(dns.responses()).isEqualTo(4);
        assertThat(dns.nxdomain()).isEqualTo(1);
        assertThat(dns.servfail()).isEqualTo(1);
        assertThat(dns.refused()).isEqualTo(1);
        assertThat(dns.unanswered()).isEqualTo(1);
        assertThat(dns.latencyMillis()).isEqualTo(new Distribution(4, 1, 1, 12, 12));
        assertThat(dns.byServer()).extracting(CaptureReport.DnsShare::name).containsExactly("10.0.0.9", "10.0.0.8");
        assertThat(dns.byServer().getFirst().errors()).isEqualTo(3);
        assertThat(dns.byServer().getLast().unanswered()).isEqualTo(1);
        assertThat(dns.byName())
                .extracting(CaptureReport.DnsShare::name)
                .contains("bad.test", "good.test")
                .doesNotContain("Bad.test");
        assertThat(report.problems())
                .extracting(Problem::says)
                .contains("10.0.0.8 did not answer a question for lost.test");
    }

    @Test
    void namesOverTcpStandBehindTheirLength() throws Exception {
        byte[] query = Wire.dns(1, "big.test", -1);
        byte[] answer = Wire.dns(1, "big.test", 0);
        CaptureReport report = new Wire()
                .tcp(1, 5_000, 9, 53, DATA, 1, 1, framed(query))
                .at(3)
                .tcp(9, 53, 1, 5_000, DATA, 1, 1 + 2 + query.length, framed(answer))
                .report();

        assertThat(report.dns().queries()).isEqualTo(1);
        assertThat(report.dns().responses()).isEqualTo(1);
        assertThat(report.dns().latencyMillis().max()).isEqualTo(3);
    }

    @Test
    void aNameThatPointsToItselfEnds() throws Exception {
        byte[] loop = Wire.dns(1, "loop.test", -1);
        loop[12] = (byte) 0xc0;
        loop[13] = 12;
        CaptureReport report = new Wire().udp(1, 5_000, 9, 53, loop).report();

        assertThat(report.malformed()).isEqualTo(1);
        assertThat(report.firstMalformed()).contains("packet 1: a DNS name that points to itself or forwards");
    }

    @Test
    void hostileNamesAreMadeHarmless() throws Exception {
        byte[] query = Wire.dns(1, "abcd.test", -1);
        query[13] = 0x1b;
        query[14] = '[';
        query[15] = '\n';
        CaptureReport report = new Wire().udp(1, 5_000, 9, 53, query).report();

        assertThat(report.dns().byName().getFirst().name()).isEqualTo("\\1b[\\0ad.test");
    }

    @Test
    void requestsAndResponsesAreCountedByClassAndPath() throws Exception {
        String ask = "GET /slow?token=secret HTTP/1.1\r\nHost: a\r\n\r\n";
        String two =
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
        CaptureReport report = new Wire()
                .tcp(1, 5_000, 2, 8_080, DATA, 1, 1, ask + "POST /pay HTTP/1.1\r\n\r\n")
                .at(250)
                .tcp(2, 8_080, 1, 5_000, DATA, 1, 100, two)
                .report();

        assertThat(report.http().requests()).isEqualTo(2);
        assertThat(report.http().responses())
                .containsEntry("2xx", 1L)
                .containsEntry("5xx", 1L)
                .containsEntry("4xx", 0L);
        assertThat(report.http().latencyMillis().max()).isEqualTo(250);
        assertThat(report.http().slowest())
                .extracting(CaptureReport.HttpPath::path)
                .containsExactly("GET /slow", "POST /pay");
        assertThat(report.problems()).anySatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo("http_server_errors");
            assertThat(problem.says()).isEqualTo("10.0.0.2:8080 answered POST /pay with status 503");
        });
        assertThat(report.toString()).doesNotContain("secret");
    }

    @Test
    void handshakesAlertsAndNamesOfTlsAreRead() throws Exception {
        byte[] hello = clientHello("shop.test");
        byte[] alert = HexFormat.of().parseHex("15030300020228");
        CaptureReport report = new Wire()
                .tcp(1, 5_000, 2, 9_443, DATA, 1, 1, latin(hello))
                .at(5)
                .tcp(2, 9_443, 1, 5_000, DATA, 1, 1 + hello.length, latin(alert))
                .report();

        assertThat(report.tls().clientHellos()).isEqualTo(1);
        assertThat(report.tls().serverHellos()).isZero();
        assertThat(report.tls().serverNames()).containsExactly(java.util.Map.entry("shop.test", 1L));
        assertThat(report.tls().alerts()).containsExactly(java.util.Map.entry("handshake_failure", 1L));
        assertThat(report.tls().handshakeFailures()).isEqualTo(1);
        assertThat(report.problems().getFirst().says())
                .isEqualTo("10.0.0.2:9443 ended the TLS handshake with 10.0.0.1:5000 by the alert handshake_failure");
    }

    @Test
    void aRecordWhoseHeaderIsSplitOverSegmentsIsFollowed() throws Exception {
        byte[] hello = clientHello("shop.test");
        byte[] alert = HexFormat.of().parseHex("15030300020230");
        String all = latin(hello) + latin(alert);
        for (int cut = hello.length + 1; cut < hello.length + 5; cut++) {
            CaptureReport report = new Wire()
                    .tcp(1, 5_000, 2, 443, DATA, 1, 1, all.substring(0, cut))
                    .tcp(1, 5_000, 2, 443, DATA, 1 + cut, 1, all.substring(cut))
                    .report();
            assertThat(report.tls().clientHellos()).isEqualTo(1);
            assertThat(report.tls().alerts()).containsExactly(java.util.Map.entry("unknown_ca", 1L));
        }
    }

    @Test
    void aHandshakeThatIsClosedHalfwayFailed() throws Exception {
        byte[] hello = clientHello("shop.test");
        CaptureReport report = new Wire()
                .tcp(1, 5_000, 2, 443, DATA, 1, 1, latin(hello))
                .at(9)
                .tcp(2, 443, 1, 5_000, FIN | ACK, 1, 1 + hello.length, "")
                .report();

        assertThat(report.tls().handshakeFailures()).isEqualTo(1);
        assertThat(report.problems().getFirst().says())
                .isEqualTo("10.0.0.1:5000 → 10.0.0.2:443: the connection was closed during the TLS handshake");
    }

    @Test
    void anAlertThatTls13EncryptsIsKnownByItsLength() throws Exception {
        byte[] hello = clientHello("shop.test");
        String flight = "160303002c" + "02000028" + "0303" + "00".repeat(32) + "00" + "1301" + "00" + "0000"
                + "1703030040" + "00".repeat(64);
        byte[] server = HexFormat.of().parseHex(flight);
        String alert = "140303000101" + "1703030013" + "00".repeat(19);
        String finished = "140303000101" + "1703030035" + "00".repeat(53) + "1703030013" + "00".repeat(19);
        for (String client : new String[] {alert, finished}) {
            CaptureReport report = new Wire()
                    .tcp(1, 5_000, 2, 443, DATA, 1, 1, latin(hello))
                    .tcp(2, 443, 1, 5_000, DATA, 1, 1 + hello.length, latin(server))
                    .tcp(
                            1,
                            5_000,
                            2,
                            443,
                            DATA,
                            1 + hello.length,
                            1 + server.length,
                            latin(HexFormat.of().parseHex(client)))
                    .tcp(2, 443, 1, 5_000, FIN | ACK, 1 + server.length, 1, "")
                    .report();
            assertThat(report.tls().handshakeFailures()).isEqualTo(client.equals(alert) ? 1 : 0);
        }
    }

    @Test
    void anExpiredCertificateIsSeenInTheClear() throws Exception {
        // SEQUENCE { tbs SEQUENCE { [0] version, serial, algorithm, issuer, validity SEQUENCE { notBefore, notAfter } }
        // }
        String validity = "301e" + "170d" + ascii("240101000000Z") + "170d" + ascii("250101000000Z");
        String tbs = "a003020102" + "020101" + "3000" + "3000" + validity;
        String tbsWhole = "30%02x".formatted(tbs.length() / 2) + tbs;
        String certificate = "30%02x".formatted(tbsWhole.length() / 2) + tbsWhole;
        int size = certificate.length() / 2;
        String message = "0b%06x%06x%06x".formatted(size + 6, size + 3, size) + certificate;
        String hello = "02000028" + "0303" + "00".repeat(32) + "00" + "c02f" + "00" + "0000";
        String record = "160303%04x".formatted((hello.length() + message.length()) / 2) + hello + message;
        CaptureReport report = new Wire()
                .tcp(1, 5_000, 2, 443, DATA, 1, 1, latin(clientHello("old.test")))
                .tcp(2, 443, 1, 5_000, DATA, 1, 2, latin(HexFormat.of().parseHex(record)))
                .report();

        assertThat(report.tls().serverHellos()).isEqualTo(1);
        assertThat(report.tls().versions()).containsKey("TLS 1.2");
        assertThat(report.tls().certificates())
                .containsExactly(
                        new CaptureReport.Certificate("10.0.0.2:443", Instant.parse("2025-01-01T00:00:00Z"), -165));
        assertThat(report.problems()).extracting(Problem::kind).contains("certificate_expired");
    }

    @Test
    void errorsOfDatabasesAreReadOnTheirPorts() throws Exception {
        String fields = "SFATAL\0C53300\0Msorry, too many clients already\0\0";
        byte[] postgresql = ByteBuffer.allocate(5 + fields.length())
                .put((byte) 'E')
                .putInt(4 + fields.length())
                .put(fields.getBytes(StandardCharsets.US_ASCII))
                .array();
        byte[] mysql = HexFormat.of()
                .parseHex("170000" + "01" + "ff" + "1504" + "23" + ascii("28000") + ascii("Access denied") + "0000");
        CaptureReport report = new Wire()
                .tcp(2, 5_432, 1, 5_000, DATA, 1, 1, latin(postgresql))
                .tcp(2, 3_306, 1, 5_001, DATA, 1, 1, latin(mysql))
                .tcp(2, 6_379, 1, 5_002, DATA, 1, 1, "-OOM command not allowed\r\n")
                .report();

        assertThat(report.databases().postgresql()).containsExactly(java.util.Map.entry("53300", 1L));
        assertThat(report.databases().mysql()).containsExactly(java.util.Map.entry("1045", 1L));
        assertThat(report.databases().redis()).containsExactly(java.util.Map.entry("OOM", 1L));
        assertThat(report.problems())
                .extracting(Problem::says)
                .singleElement()
                .asString()
                .contains("answered with error");
    }

    @Test
    void addressesThatNobodyOrTwoCardsAnswerForAreFound() throws Exception {
        CaptureReport report = new Wire()
                .frame(arp(1, 1, 0x0a, 2))
                .frame(arp(2, 2, 0x0b, 1))
                .frame(arp(2, 2, 0x0c, 1))
                .frame(arp(1, 1, 0x0a, 9))
                .frame(arp(1, 1, 0x0a, 9))
                .report();

        assertThat(report.arp()).isEqualTo(new CaptureReport.Arp(3, 2, 1, 1));
        assertThat(report.problems())
                .extracting(Problem::says)
                .containsExactly(
                        "10.0.0.2 is claimed by 00:00:00:00:00:0b and by 00:00:00:00:00:0c",
                        "Nobody answered for 10.0.0.9, which 10.0.0.1 asked for 2 times");
    }

    private static byte[] arp(int operation, int sender, int mac, int target) {
        ByteBuffer packet = ByteBuffer.allocate(28).putLong(0x0001080006040000L | operation);
        packet.putShort((short) 0)
                .putInt(mac)
                .putInt(0x0a000000 + sender)
                .putShort((short) 0)
                .putInt(0)
                .putInt(0x0a000000 + target);
        return Wire.ethernet(0x0806, packet.array());
    }

    private static byte[] clientHello(String name) {
        byte[] host = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 4 + 2 + 2 + 9 + host.length);
        body.putShort((short) 0x0303)
                .position(34)
                .put((byte) 0)
                .putShort((short) 2)
                .putShort((short) 0x1301);
        body.put((byte) 1).put((byte) 0).putShort((short) (9 + host.length)).putShort((short) 0);
        body.putShort((short) (5 + host.length))
                .putShort((short) (3 + host.length))
                .put((byte) 0)
                .putShort((short) host.length)
                .put(host);
        return ByteBuffer.allocate(9 + body.capacity())
                .put((byte) 22)
                .putShort((short) 0x0301)
                .putShort((short) (4 + body.capacity()))
                .putInt(1 << 24 | body.capacity())
                .put(body.array())
                .array();
    }

    private static String framed(byte[] message) {
        return latin(ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
