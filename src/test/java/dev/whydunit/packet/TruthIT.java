package dev.whydunit.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts are compared with tshark's, on traffic of real TCP stacks. */
class TruthIT {
    private static final Set<String> TAKEN_APART =
            Set.of("ETHERNET", "RAW", "IPV4", "IPV6", "NULL", "LOOP", "LINUX_SLL", "LINUX_SLL2");

    @TempDir
    Path folder;

    @Test
    void cleanTrafficIsCountedExactly() throws Exception {
        try (Lab lab = Lab.joined()) {
            Process capture = lab.capture(lab.client, "veth0", folder.resolve("clean.pcap"));
            lab.peer(lab.server, "http", "80", "0");
            lab.peer(lab.server, "dns", "53", "3");
            finish(lab.peer(lab.client, "get", "80", Lab.SERVER, "20", "30000"));
            finish(lab.peer(lab.client, "resolve", "53", Lab.SERVER, "30"));
            finish(lab.peer(lab.client, "connect", "81", Lab.SERVER, "500", "1"));
            lab.stop(capture);
        }
        CaptureReport report = same(folder.resolve("clean.pcap"));
        assertThat(report.tcp().conversations()).isEqualTo(21);
        assertThat(report.dns().nxdomain()).isEqualTo(30);
        assertThat(report.http().requests()).isEqualTo(20);
    }

    @Test
    void tlsIsCountedAsTsharkCountsIt() throws Exception {
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("certificate.pem");
        try (Lab lab = Lab.joined()) {
            lab.in(lab.server, certificate(key, certificate));
            Process capture = lab.capture(lab.client, "veth0", folder.resolve("tls.pcap"));
            for (String[] server : new String[][] {{"443", "-tls1_3"}, {"444", "-tls1_2"}}) {
                lab.start(lab.server, server(server[0], server[1], key, certificate), "ACCEPT");
            }
            for (int i = 0; i < 6; i++) {
                assertThat(client(lab, "443", "-servername", "three.test")).isZero();
                assertThat(client(lab, "444", "-servername", "two.test")).isZero();
                // A version that the server has not, and a certificate that nobody vouches for.
                assertThat(client(lab, "443", "-tls1_2")).isNotZero();
                assertThat(client(lab, "444", "-verify_return_error")).isNotZero();
            }
            lab.stop(capture);
        }
        CaptureReport.Tls tls = same(folder.resolve("tls.pcap")).tls();
        assertThat(tls.clientHellos()).isEqualTo(24);
        assertThat(tls.serverHellos()).isEqualTo(18);
        assertThat(tls.versions()).containsExactlyInAnyOrderEntriesOf(Map.of("TLS 1.3", 6L, "TLS 1.2", 12L));
        assertThat(tls.serverNames()).containsEntry("three.test", 6L).containsEntry("two.test", 6L);
        assertThat(tls.alerts()).containsEntry("protocol_version", 6L).containsEntry("unknown_ca", 6L);
        assertThat(tls.handshakeFailures()).isEqualTo(12);
        assertThat(tls.certificates()).singleElement().satisfies(seen -> {
            assertThat(seen.server()).isEqualTo(Lab.SERVER + ":444");
            assertThat(seen.daysLeft()).isBetween(28L, 30L);
        });
    }

    private static String[] certificate(Path key, Path certificate) {
        return new String[] {
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=truth.test",
            "-keyout",
            key.toString(),
            "-out",
            certificate.toString()
        };
    }

    private static List<String> server(String port, String version, Path key, Path certificate) {
        return List.of(
                "openssl",
                "s_server",
                "-accept",
                port,
                version,
                "-key",
                key.toString(),
                "-cert",
                certificate.toString());
    }

    private static int client(Lab lab, String port, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", Lab.SERVER + ":" + port));
        command.addAll(List.of(options));
        Process client = lab.start(lab.client, command);
        client.getOutputStream().close();
        client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        return client.waitFor();
    }

    @Test
    void lossIsCountedAsTsharkCountsItAtBothEnds() throws Exception {
        try (Lab lab = Lab.joined()) {
            Process sender = lab.capture(lab.client, "veth0", folder.resolve("sender.pcap"));
            Process receiver = lab.capture(lab.server, "veth0", folder.resolve("receiver.pcap"));
            lab.rule(lab.server, "numgen random mod 100 < 4 drop");
            lab.peer(lab.server, "sink", "9000");
            finish(lab.peer(lab.client, "send", "9000", Lab.SERVER, "30000000"));
            lab.stop(sender);
            lab.stop(receiver);
        }
        assertThat(close(folder.resolve("sender.pcap")).tcp().retransmissions()).isPositive();
        close(folder.resolve("receiver.pcap"));
    }

    @Test
    void lossDelayAndReorderingAreCountedAsTsharkCountsThem() throws Exception {
        try (Lab lab = new Lab();
                Relay relay = new Relay(lab, new Relay.Path(15, 0.02, 0.02, 65_535))) {
            Process sender = lab.capture(lab.client, "tun0", folder.resolve("sender.pcap"));
            Process receiver = lab.capture(lab.server, "tun0", folder.resolve("receiver.pcap"));
            lab.peer(lab.server, "sink", "9000");
            lab.peer(lab.server, "http", "80", "0");
            Process sending = lab.peer(lab.client, "send", "9000", Lab.SERVER, "4000000");
            finish(lab.peer(lab.client, "get", "80", Lab.SERVER, "20", "30000"));
            finish(sending);
            lab.stop(sender);
            lab.stop(receiver);
            assertThat(relay).isNotNull();
        }
        CaptureReport report = close(folder.resolve("sender.pcap"));
        assertThat(report.tcp().rttMillis().median()).isBetween(29.0, 60.0);
        assertThat(close(folder.resolve("receiver.pcap")).tcp().outOfOrder()).isPositive();
    }

    @Test
    void aReceiverThatDoesNotReadIsCountedAsTsharkCountsIt() throws Exception {
        try (Lab lab = Lab.joined()) {
            Process capture = lab.capture(lab.client, "veth0", folder.resolve("full.pcap"));
            lab.peer(lab.server, "sleeper", "9000", "2500");
            Process sending = lab.peer(lab.client, "send", "9000", Lab.SERVER, "3000000");
            sending.waitFor(15, TimeUnit.SECONDS);
            lab.stop(capture);
        }
        assertThat(same(folder.resolve("full.pcap")).tcp().zeroWindows()).isPositive();
    }

    @Test
    void capturesOfOthersAreCountedAsTsharkCountsThem() throws Exception {
        Path others = Path.of("../shared/data/pcaps");
        if (!Files.isDirectory(others)) {
            return;
        }
        try (Stream<Path> files = Files.list(others)) {
            for (Path file : files.sorted().toList()) {
                Map<String, Long> theirs = Tshark.counts(file);
                CaptureReport report = CaptureAnalysis.analyse(file, Limits.standard());
                // Some of these files hold link types that tshark does not open, or that we only count: nothing to
                // compare.
                if (report.malformed() == 0
                        && theirs.getOrDefault("packets", 0L) > 0
                        && TAKEN_APART.containsAll(report.linkTypes())) {
                    assertThat(report.packets()).describedAs(file.toString()).isEqualTo(theirs.get("packets"));
                    assertThat(report.bytes()).describedAs(file.toString()).isEqualTo(theirs.get("bytes"));
                }
            }
        }
    }

    private static void finish(Process peer) throws InterruptedException, IOException {
        peer.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        assertThat(peer.waitFor()).isZero();
    }

    private static CaptureReport same(Path capture) throws Exception {
        CaptureReport report = CaptureAnalysis.analyse(capture, Limits.standard());
        assertThat(new TreeMap<>(Tshark.counts(report))).isEqualTo(new TreeMap<>(Tshark.counts(capture)));
        return report;
    }

    /** Within 1 % of each count, or of two where there are few. */
    private static CaptureReport close(Path capture) throws Exception {
        CaptureReport report = CaptureAnalysis.analyse(capture, Limits.standard());
        Map<String, Long> ours = Tshark.counts(report);
        SoftAssertions soft = new SoftAssertions();
        Tshark.counts(capture)
                .forEach((name, theirs) -> soft.assertThat(ours.get(name))
                        .describedAs(name)
                        .isCloseTo(theirs, within(Math.max(2, theirs / 100))));
        soft.assertAll();
        return report;
    }
}
