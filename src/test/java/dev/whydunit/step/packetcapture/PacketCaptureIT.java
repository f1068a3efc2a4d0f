package dev.whydunit.step.packetcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.packet.CaptureAnalysis;
import dev.whydunit.packet.CaptureReport;
import dev.whydunit.packet.Lab;
import dev.whydunit.packet.Limits;
import dev.whydunit.testing.Children;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Live captures on loopback: needs libpcap and the privilege to capture. */
@Tag("alone")
class PacketCaptureIT {
    private static final byte[] SECRET = "secret-payload-0123456789-secret-payload".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void aLiveCaptureSeesAConnectionAndKeepsItsHeadersAlone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            PacketCapture wanted = capture("lo", "tcp port " + server.getLocalPort(), Duration.ofSeconds(20), 60);
            Seen seen = whileTalking(server, wanted);

            CaptureReport report = (CaptureReport) seen.result();
            assertThat(report.tcp().conversations()).isPositive();
            assertThat(report.tcp().handshakeMillis().count()).isPositive();
            assertThat(report.packets()).isEqualTo(60);
            assertThat(seen.hasData()).isTrue();
            assertThat(seen.caveats())
                    .contains("the capture ended early: it reached its limit of 60 packets")
                    .contains("only packets that match the filter: tcp port " + server.getLocalPort());
            assertThat(seen.artifacts()).hasSize(1);
            byte[] kept = Files.readAllBytes(folder.resolve("artifact.pcap"));
            assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
            CaptureReport again = CaptureAnalysis.analyse(folder.resolve("artifact.pcap"), Limits.standard());
            assertThat(again.packets()).isEqualTo(60);
            assertThat(again.bytes()).isEqualTo(report.bytes());
            assertThat(again.tcp().segments()).isEqualTo(report.tcp().segments());
        }
    }

    @Test
    void aLengthKeepsPayloadsWhenTheStepAsksForIt() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            PacketCapture base = capture("lo", "tcp port " + server.getLocalPort(), Duration.ofSeconds(20), 60);
            whileTalking(
                    server,
                    new PacketCapture(
                            base.interface_(),
                            Optional.empty(),
                            base.filter(),
                            base.duration(),
                            60,
                            base.bytes(),
                            Optional.of(200),
                            Optional.empty()));

            byte[] kept = Files.readAllBytes(folder.resolve("artifact.pcap"));
            assertThat(new String(kept, StandardCharsets.ISO_8859_1)).contains("secret-payload");
        }
    }

    @Test
    void silenceIsNoData() throws Exception {
        Seen seen = (Seen) observe(capture("lo", "udp port 1", Duration.ofMillis(300), 10));

        assertThat(seen.hasData()).isFalse();
        assertThat(seen.artifacts()).isEmpty();
    }

    @Test
    void anUnknownInterfaceIsNamed() throws Exception {
        Unseen unseen = (Unseen) observe(capture("nosuch0", "", Duration.ofMillis(300), 10));

        assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
        assertThat(unseen.why()).isEqualTo("there is no interface nosuch0");
    }

    @Test
    void aWrongFilterIsExplainedByLibpcap() throws Exception {
        Unseen unseen = (Unseen) observe(capture("lo", "tcp prot 80", Duration.ofMillis(300), 10));

        assertThat(unseen.why()).startsWith("the filter is wrong: ").contains("syntax error");
    }

    @Test
    void withoutThePrivilegeTheCaptureIsDenied() throws Exception {
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--bounding-set=-net_raw,-net_admin", "--inh-caps=-all"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CaptureProcess.class.getName()));
        command.addAll(new CaptureRequest(List.of("lo"), "", 128, 300, 10, 10_000).arguments());
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();
        assertThat(said).contains("error=denied").contains("message=capturing on lo");
        Unseen unseen = new CaptureOutcome(java.util.Map.of("error", "denied", "message", "capturing on lo"), 3)
                .failure()
                .orElseThrow();
        assertThat(unseen.cause()).isEqualTo(Cause.DENIED);
        assertThat(unseen.why()).isEqualTo("not permitted: capturing on lo needs CAP_NET_RAW");
    }

    @Test
    void itKeepsUpWithIperf3OrSaysHowMuchItLost() throws Exception {
        try (Lab lab = new Lab()) {
            lab.start(lab.client, List.of("iperf3", "--server", "--forceflush", "--port", "5201"), "listening");
            PacketCapture base = capture("lo", "tcp port 5201", Duration.ofSeconds(5), Long.MAX_VALUE);
            PacketCapture wanted = new PacketCapture(
                    base.interface_(),
                    Optional.empty(),
                    base.filter(),
                    base.duration(),
                    base.packets(),
                    Long.MAX_VALUE,
                    Optional.empty(),
                    Optional.of(lab.client));
            CompletableFuture<Long> sent = new CompletableFuture<>();
            TestContext context = new TestContext(folder, Duration.ofSeconds(90), () -> send(lab, sent));
            Seen seen = (Seen) new PacketCaptureKind().observe(wanted, context);

            CaptureReport report = (CaptureReport) seen.result();
            System.out.printf(
                    "iperf3 sent %,d bytes, captured %,d in %,d packets; %s%n",
                    sent.join(), report.bytes(), report.packets(), seen.caveats());
            assertThat(report.bytes()).isPositive();
            boolean whole = report.bytes() >= 0.99 * sent.join();
            assertThat(whole || seen.caveats().stream().anyMatch(caveat -> caveat.contains("came faster than")))
                    .isTrue();
        }
    }

    private static void send(Lab lab, CompletableFuture<Long> sent) {
        Thread.ofVirtual().start(() -> {
            try {
                Process client =
                        lab.start(lab.client, List.of("iperf3", "--client", "127.0.0.1", "--time", "3", "--json"));
                JsonNode report = JsonMapper.shared().readTree(client.getInputStream());
                sent.complete(report.at("/end/sum_received/bytes").asLong());
            } catch (IOException e) {
                sent.completeExceptionally(e);
            }
        });
    }

    @Test
    void anInterruptEndsTheChild() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                observe(capture("lo", "tcp port 1", Duration.ofSeconds(60), 10));
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        await().until(() -> !captures().isEmpty());
        assertThat(environment(captures().getFirst()))
                .as("it needs nothing of ours")
                .isSubsetOf("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH");
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        await().until(() -> captures().isEmpty());
    }

    @Test
    void aFilterChoosesPacketsOfAFile() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            whileTalking(server, capture("lo", "tcp port " + server.getLocalPort(), Duration.ofSeconds(20), 40));
            Files.copy(folder.resolve("artifact.pcap"), folder.resolve("all.pcap"));
            Seen seen = (Seen) observe(file("all.pcap", "tcp dst port " + server.getLocalPort()));

            CaptureReport report = (CaptureReport) seen.result();
            assertThat(report.packets()).isBetween(1L, 39L);
            assertThat(((Seen) observe(file("all.pcap", "udp"))).hasData()).isFalse();
            assertThat(((Unseen) observe(file("all.pcap", "tcp prot 1"))).why()).contains("syntax error");
        }
    }

    private Seen whileTalking(ServerSocket server, PacketCapture wanted) throws Exception {
        CompletableFuture<Observation> observing = CompletableFuture.supplyAsync(() -> {
            try {
                return observe(wanted);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (!observing.isDone()) {
            talk(server);
        }
        return switch (observing.get()) {
            case Seen seen -> seen;
            case Unseen unseen -> fail(unseen.why());
        };
    }

    private static void talk(ServerSocket server) throws IOException {
        try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            OutputStream out = client.getOutputStream();
            out.write(SECRET);
            out.flush();
            assertThat(accepted.getInputStream().readNBytes(SECRET.length)).isEqualTo(SECRET);
        }
    }

    private static List<String> environment(ProcessHandle process) throws IOException {
        String all = Files.readString(
                Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
        return Stream.of(all.split("\0")).map(line -> line.split("=", 2)[0]).toList();
    }

    private static List<ProcessHandle> captures() {
        return Children.running("CaptureProcess");
    }

    private Observation observe(PacketCapture parameters) throws Exception {
        return new PacketCaptureKind().observe(parameters, new TestContext(folder, Duration.ofSeconds(90)));
    }

    private static PacketCapture capture(String name, String filter, Duration duration, long packets) {
        return new PacketCapture(
                Optional.of(name),
                Optional.empty(),
                Optional.of(filter),
                duration,
                packets,
                1_000_000_000,
                Optional.empty(),
                Optional.empty());
    }

    private static PacketCapture file(String name, String filter) {
        return new PacketCapture(
                Optional.empty(),
                Optional.of(name),
                Optional.of(filter),
                Duration.ofSeconds(10),
                1_000_000,
                1_000_000_000,
                Optional.empty(),
                Optional.empty());
    }
}
