package dev.whydunit.packet;

import static dev.whydunit.packet.Wire.ACK;
import static dev.whydunit.packet.Wire.FIN;
import static dev.whydunit.packet.Wire.NOTHING;
import static dev.whydunit.packet.Wire.RST;
import static dev.whydunit.packet.Wire.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Each count of TCP on the smallest exchange that shows it. */
class TcpTest {
    private static final String DATA = "x".repeat(1_000);

    /** A handshake of 10 ms round trip: client 1:40000, sequence 101; server 2:80, sequence 501. */
    private static Wire connected() {
        return new Wire()
                .at(0)
                .tcp(1, 40_000, 2, 80, SYN, 100, 0, "")
                .at(10)
                .tcp(2, 80, 1, 40_000, SYN | ACK, 500, 101, "")
                .at(10.5)
                .tcp(1, 40_000, 2, 80, ACK, 101, 501, "");
    }

    private static Wire fromClient(Wire wire, long sequence, long ack, String data) {
        return wire.tcp(1, 40_000, 2, 80, ACK, sequence, ack, data);
    }

    private static Wire fromServer(Wire wire, long sequence, long ack, String data) {
        return wire.tcp(2, 80, 1, 40_000, ACK, sequence, ack, data);
    }

    @Test
    void aCleanExchangeIsClean() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, "ask").at(51);
        fromServer(wire, 501, 104, DATA).at(51.5);
        fromClient(wire, 104, 1_501, "")
                .at(52)
                .tcp(1, 40_000, 2, 80, FIN | ACK, 104, 1_501, "")
                .at(62);
        wire.tcp(2, 80, 1, 40_000, FIN | ACK, 1_501, 105, "").at(62.5);
        CaptureReport report = fromClient(wire, 105, 1_502, "").report();

        assertThat(report.problems()).isEmpty();
        assertThat(report.tcp().conversations()).isEqualTo(1);
        assertThat(report.tcp().segments()).isEqualTo(9);
        assertThat(report.tcp().handshakeMillis().max()).isEqualTo(10.5);
        assertThat(report.tcp().serverThinkMillis()).isEqualTo(new Distribution(1, 40, 40, 40, 40));
        Conversation only = report.conversations().getFirst();
        assertThat(only.state()).isEqualTo("closed");
        assertThat(only.a()).isEqualTo("10.0.0.1:40000");
        assertThat(only.packetsFromA()).isEqualTo(6);
        assertThat(only.rttMillis().count()).isEqualTo(3);
        assertThat(only.rttMillis().min()).isEqualTo(10);
        assertThat(only.rttMillis().max()).isEqualTo(40);
        assertThat(only.bitsPerSecond()).isCloseTo(report.bytes() * 8 / 0.0625, within(0.1));
    }

    @Test
    void dataSentAgainIsRetransmittedAndSaidInOneSentence() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, DATA).at(250);
        CaptureReport report = fromClient(wire, 101, 501, DATA).report();

        assertThat(report.tcp().retransmissions()).isEqualTo(1);
        assertThat(report.tcp().retransmissionRatio()).isEqualTo(0.2);
        Problem problem = report.problems().getFirst();
        assertThat(problem.kind()).isEqualTo("retransmissions");
        assertThat(problem.says())
                .isEqualTo(
                        "10.0.0.1:40000 → 10.0.0.2:80: 50.0 % of data segments retransmitted (1 of 2), all from 10.0.0.1;"
                                + " round trip 10 ms");
        assertThat(problem.conversations()).containsExactly("10.0.0.1:40000 → 10.0.0.2:80");
        assertThat(problem.firstAt()).isEqualTo(problem.lastAt()).isPresent();
    }

    @Test
    void aRetransmissionAfterDuplicateAcknowledgementsIsFast() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, DATA);
        fromClient(wire, 1_101, 501, DATA);
        fromClient(wire, 2_101, 501, DATA).at(21);
        fromServer(wire, 501, 101, "");
        fromServer(wire, 501, 101, "");
        fromServer(wire, 501, 101, "").at(22);
        CaptureReport report = fromClient(wire, 101, 501, DATA).report();

        // The SYN/ACK had acknowledged the same already.
        assertThat(report.tcp().duplicateAcks()).isEqualTo(3);
        assertThat(report.tcp().fastRetransmissions()).isEqualTo(1);
        assertThat(report.tcp().retransmissions()).isEqualTo(1);
    }

    @Test
    void aRetransmissionOfAcknowledgedDataIsSpurious() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, DATA).at(21);
        fromServer(wire, 501, 1_101, "").at(300);
        CaptureReport report = fromClient(wire, 101, 501, DATA).report();

        assertThat(report.tcp().spuriousRetransmissions()).isEqualTo(1);
        assertThat(report.tcp().retransmissions()).isEqualTo(1);
    }

    @Test
    void aGapIsALostSegmentAndWhatFillsItSoonIsOutOfOrder() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 1_101, 501, DATA).at(12);
        CaptureReport report = fromClient(wire, 101, 501, DATA).report();

        assertThat(report.tcp().lostSegments()).isEqualTo(1);
        assertThat(report.tcp().outOfOrder()).isEqualTo(1);
        assertThat(report.tcp().retransmissions()).isZero();
    }

    @Test
    void aFullReceiverIsTimed() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, DATA).at(21);
        wire.tcp(2, 80, 1, 40_000, ACK, 501, 1_101, 0, NOTHING).at(2_021);
        wire.tcp(2, 80, 1, 40_000, ACK, 501, 1_101, 500, NOTHING).at(2_022);
        CaptureReport report = fromClient(wire, 1_101, 501, "x".repeat(500)).report();

        assertThat(report.tcp().zeroWindows()).isEqualTo(1);
        assertThat(report.tcp().zeroWindowSeconds()).isEqualTo(2);
        assertThat(report.tcp().windowFull()).isEqualTo(1);
        assertThat(report.problems().getFirst().severity()).isEqualTo("high");
        assertThat(report.problems().getFirst().says())
                .isEqualTo("10.0.0.2:80 could take no more data from 10.0.0.1:40000 for 2.0 s in all (zero window)");
    }

    @Test
    void keepAlivesAreNotRetransmissions() throws Exception {
        Wire wire = connected().at(5_000);
        fromClient(wire, 100, 501, "").at(5_010);
        CaptureReport report = fromServer(wire, 501, 101, "").report();

        assertThat(report.tcp().keepAlives()).isEqualTo(1);
        assertThat(report.tcp().retransmissions()).isZero();
        assertThat(report.tcp().duplicateAcks()).isZero();
    }

    @Test
    void unansweredRefusedAndRejectedAttemptsAreToldApart() throws Exception {
        Wire wire = new Wire();
        wire.at(0).tcp(1, 40_000, 2, 80, SYN, 100, 0, "").at(1_000).tcp(1, 40_000, 2, 80, SYN, 100, 0, "");
        wire.at(0).tcp(1, 40_001, 2, 81, SYN, 100, 0, "").at(1).tcp(2, 81, 1, 40_001, RST | ACK, 0, 101, "");
        byte[] syn = Wire.ipv4(1, 2, 6, Wire.tcpSegment(40_002, 82, SYN, 100, 0, 1_000, NOTHING, NOTHING));
        wire.at(0).frame(Wire.ethernet(0x0800, syn));
        byte[] prohibited = new byte[8 + 28];
        prohibited[0] = 3;
        prohibited[1] = 13;
        System.arraycopy(syn, 0, prohibited, 8, 28);
        CaptureReport report = wire.at(2)
                .frame(Wire.ethernet(0x0800, Wire.ipv4(9, 1, 1, prohibited)))
                .report();

        assertThat(report.tcp().synUnanswered()).isEqualTo(1);
        assertThat(report.tcp().synRefused()).isEqualTo(1);
        assertThat(report.tcp().synRejected()).isEqualTo(1);
        assertThat(report.icmp().unreachable().prohibited()).isEqualTo(1);
        assertThat(report.problems())
                .extracting(Problem::kind)
                .contains("syn_unanswered", "syn_refused", "syn_rejected", "icmp_unreachable");
        assertThat(report.problems().getFirst().says())
                .isEqualTo(
                        "10.0.0.2:80 never answered 10.0.0.1, which sent 2 SYNs: a firewall drops it, or no such host is there");
        assertThat(report.conversations())
                .extracting(Conversation::state)
                .containsExactlyInAnyOrder("syn_sent", "syn_refused", "syn_rejected");
    }

    @Test
    void anAttemptAtTheVeryEndMayStillBeAnswered() throws Exception {
        Wire wire = connected().at(5_000).tcp(1, 40_001, 2, 81, SYN, 100, 0, "");
        assertThat(wire.report().tcp().synUnanswered()).isZero();
        assertThat(wire.at(6_001)
                        .tcp(1, 40_000, 2, 80, ACK, 101, 501, "")
                        .report()
                        .tcp()
                        .synUnanswered())
                .isEqualTo(1);
    }

    @Test
    void bigSegmentsThatNeverArriveAreAnMtuBlackHole() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, "ask").at(21);
        fromServer(wire, 501, 104, "short answer").at(21.5);
        fromClient(wire, 104, 513, "").at(22);
        String big = "x".repeat(1_448);
        fromServer(wire, 513, 104, big).at(250);
        fromServer(wire, 513, 104, big).at(700);
        fromServer(wire, 513, 104, big).at(1_600);
        CaptureReport report = fromServer(wire, 513, 104, big).report();

        assertThat(report.tcp().mtuBlackHoles()).isEqualTo(1);
        assertThat(report.tcp().halfOpen()).isZero();
        assertThat(report.problems().getFirst().kind()).isEqualTo("mtu_black_hole");
        assertThat(report.problems().getFirst().says())
                .startsWith(
                        "10.0.0.2:80 → 10.0.0.1:40000: segments of 1448 bytes were sent 4 times and never acknowledged, while"
                                + " those of up to 12 bytes were");
    }

    @Test
    void aPeerThatFallsSilentLeavesTheConnectionHalfOpen() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, "ask").at(250);
        for (int i = 0; i < 4; i++) {
            fromClient(wire, 101, 501, "ask").at(500 * (i + 1));
        }
        CaptureReport report = wire.report();

        assertThat(report.tcp().halfOpen()).isEqualTo(1);
        assertThat(report.tcp().mtuBlackHoles()).isZero();
        assertThat(report.problems()).extracting(Problem::kind).contains("half_open");
    }

    @Test
    void aPeerThatOnlyResetsDoesNotKnowTheConnection() throws Exception {
        Wire wire =
                new Wire().at(0).tcp(1, 40_000, 2, 80, ACK, 7_000, 9_000, "ask").at(1);
        CaptureReport report = wire.tcp(2, 80, 1, 40_000, RST, 9_000, 0, "").report();

        assertThat(report.tcp().halfOpen()).isEqualTo(1);
        assertThat(report.tcp().resets()).isEqualTo(1);
        assertThat(report.tcp().resetsEstablished()).isZero();
        assertThat(report.problems().getFirst().says())
                .isEqualTo(
                        "10.0.0.2:80 answers 10.0.0.1:40000 only by RST: it does not know the connection that the other end"
                                + " still has open");
    }

    @Test
    void aResetOfAnEstablishedConnectionSaysWho() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, "ask").at(12);
        CaptureReport report = wire.tcp(2, 80, 1, 40_000, RST, 501, 0, "").report();

        assertThat(report.tcp().resetsEstablished()).isEqualTo(1);
        assertThat(report.conversations().getFirst().resetBy()).isEqualTo("b");
        assertThat(report.conversations().getFirst().resetState()).isEqualTo("established");
        assertThat(report.problems().getFirst().says())
                .isEqualTo("10.0.0.2:80 reset its connection with 10.0.0.1:40000 after 12 ms");
    }

    @Test
    void aSlowServerIsNotASlowNetwork() throws Exception {
        Wire wire = connected().at(11);
        fromClient(wire, 101, 501, "ask").at(16);
        fromServer(wire, 501, 104, "").at(3_011);
        CaptureReport report = fromServer(wire, 501, 104, "answer").report();

        assertThat(report.tcp().serverThinkMillis().max()).isEqualTo(3_000);
        assertThat(report.problems()).extracting(Problem::kind).containsExactly("slow_server");
        assertThat(report.problems().getFirst().says())
                .isEqualTo("10.0.0.2:80 took longer than a second for 1 of 1 answers to 10.0.0.1:40000, at most 3.0 s");
    }

    @Test
    void aPortUsedAgainIsAnotherConversation() throws Exception {
        Wire wire = connected().at(20).tcp(1, 40_000, 2, 80, RST, 101, 0, "").at(900);
        CaptureReport report = wire.tcp(1, 40_000, 2, 80, SYN, 77_777, 0, "").report();

        assertThat(report.tcp().conversations()).isEqualTo(2);
        assertThat(report.tcp().synUnanswered()).isEqualTo(1);
    }

    @Test
    void whoAnswersIsTheServerEvenWhenTheSynWasMissed() throws Exception {
        CaptureReport report =
                new Wire().tcp(2, 80, 1, 40_000, SYN | ACK, 500, 101, "").report();

        assertThat(report.conversations().getFirst().a()).isEqualTo("10.0.0.1:40000");
        assertThat(report.conversations().getFirst().packetsFromA()).isZero();
    }

    @Test
    void segmentSizesAreReadAndHostileOptionsAreNot() throws Exception {
        byte[] options = HexFormat.of().parseHex("020405b4" + "01" + "030307");
        Wire wire = new Wire()
                .frame(Wire.ethernet(
                        0x0800, Wire.ipv4(1, 2, 6, Wire.tcpSegment(40_000, 80, SYN, 1, 0, 9, options, NOTHING))));
        assertThat(wire.report().conversations().getFirst().mss()).isEqualTo(1_460);
        for (String hostile : new String[] {"02000000", "03ff0000", "02", "fe01", "0101010102"}) {
            byte[] bad = HexFormat.of().parseHex(hostile);
            byte[] segment = Wire.tcpSegment(40_000, 80, SYN, 1, 0, 9, bad, NOTHING);
            CaptureReport report = new Wire()
                    .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 6, segment)))
                    .report();
            assertThat(report.conversations().getFirst().mss()).isZero();
        }
    }

    @Test
    void headersThatContradictThemselvesAreMalformed() throws Exception {
        byte[] segment = Wire.tcpSegment(40_000, 80, SYN, 1, 0, 9, NOTHING, NOTHING);
        segment[12] = 0x10;
        CaptureReport report = new Wire()
                .tcp(1, 40_000, 2, 80, SYN, 1, 0, "")
                .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 6, segment)))
                .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 6, new byte[7])))
                .report();

        assertThat(report.malformed()).isEqualTo(2);
        assertThat(report.firstMalformed()).contains("packet 2: a TCP header length that does not fit its segment");
        assertThat(report.problems().getLast().kind()).isEqualTo("malformed");
    }

    @Test
    void moreConversationsThanThereIsRoomForAreClosedEarlyAndSaid() throws Exception {
        Wire wire = new Wire();
        for (int i = 0; i < 1_000; i++) {
            wire.at(i).tcp(i % 200, 1_000 + i, 250, 80, SYN, i, 0, "");
        }
        CaptureReport report = CaptureAnalysis.analyse(
                new java.io.ByteArrayInputStream(wire.bytes()), new Limits(10_000, 1 << 30, 100, 5));

        assertThat(report.tcp().conversations()).isEqualTo(1_000);
        assertThat(report.tcp().synUnanswered()).isEqualTo(1_000);
        assertThat(report.conversations()).hasSize(5);
        assertThat(report.notes())
                .anySatisfy(note -> assertThat(note).startsWith("1000 conversations were too many to follow at once"))
                .contains("995 conversations are in the totals and not in the list");
        assertThat(report.problems().getFirst().count()).isEqualTo(1_000);
        assertThat(report.problems().getFirst().conversations()).hasSize(10);
    }
}
