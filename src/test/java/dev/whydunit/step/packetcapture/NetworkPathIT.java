package dev.whydunit.step.packetcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.ArtifactStore;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Journal;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.Sources;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.VerdictFacts;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.packet.Lab;
import dev.whydunit.packet.Relay;
import dev.whydunit.runbook.Inputs;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.RunbookParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real traffic between two network namespaces, a real fault, and the verdict of {@code runbooks/network_path.yaml}. */
@Tag("alone")
class NetworkPathIT {
    private static final Relay.Path CLEAR = new Relay.Path(0, 0, 0, 65_535);
    private static final String MANY = "100000000";

    @Test
    void lostPacketsAreLoss() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.rule(lab.server, "tcp dport 9000 numgen random mod 100 < 3 drop");
            lab.peer(lab.server, "sink", "9000");
            lab.peer(lab.client, "send", "9000", Lab.SERVER, "100000000000");
            assertThat(verdict(lab, "veth0")).containsExactly("loss");
        }
    }

    @Test
    void aSaturatedLinkThatQueuesLittleIsLoss() throws Exception {
        try (Lab lab = Lab.switched("5mbit", 20_000)) {
            lab.peer(lab.server, "sink", "9000");
            lab.peer(lab.client, "send", "9000", Lab.SERVER, "100000000000");
            assertThat(verdictAt(lab.server, "veth0")).containsExactly("loss");
        }
    }

    @Test
    void aSaturatedLinkThatQueuesMuchIsDelay() throws Exception {
        try (Lab lab = Lab.switched("8mbit", 4_000_000)) {
            lab.peer(lab.server, "http", "80", "0");
            for (int i = 0; i < 6; i++) {
                lab.peer(lab.client, "get", "80", Lab.SERVER, MANY, "20000000");
            }
            // Half a second of the link's rate waits: whoever connects from now on waits behind it.
            await().atMost(Duration.ofSeconds(30)).until(() -> lab.queuedToClient() > 500_000);
            lab.peer(lab.client, "get", "80", Lab.SERVER, MANY, "500");
            assertThat(verdict(lab, "veth0")).containsExactly("delay");
        }
    }

    @Test
    void aLongWayIsDelay() throws Exception {
        try (Lab lab = new Lab();
                Relay relay = new Relay(lab, new Relay.Path(80, 0, 0, 65_535))) {
            lab.peer(lab.server, "http", "80", "0");
            lab.peer(lab.client, "get", "80", Lab.SERVER, MANY, "500");
            assertThat(verdict(lab, "tun0")).containsExactly("delay");
            assertThat(relay).isNotNull();
        }
    }

    @Test
    void aPortThatNobodyListensOnIsClosed() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.client, "connect", "81", Lab.SERVER, "500", MANY);
            assertThat(verdict(lab, "veth0")).containsExactly("closed_port");
        }
    }

    @Test
    void attemptsThatVanishAreDroppedByAFirewall() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.rule(lab.server, "tcp dport 81 drop");
            lab.peer(lab.client, "connect", "81", Lab.SERVER, "3500", MANY);
            assertThat(verdict(lab, "veth0")).containsExactly("firewall_drops");
        }
    }

    @Test
    void attemptsThatAreAnsweredByIcmpAreRejectedByAFirewall() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.rule(lab.server, "tcp dport 81 reject with icmp type admin-prohibited");
            lab.peer(lab.client, "connect", "81", Lab.SERVER, "500", MANY);
            assertThat(verdict(lab, "veth0")).containsExactly("firewall_rejects");
        }
    }

    @Test
    void aNameServerThatFailsIsADnsFailure() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "dns", "53", "2");
            lab.peer(lab.client, "resolve", "53", Lab.SERVER, MANY);
            assertThat(verdict(lab, "veth0")).containsExactly("dns_failure");
        }
    }

    @Test
    void aNameServerThatIsSilentIsADnsFailure() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "dns", "53", "-1");
            lab.peer(lab.client, "resolve", "53", Lab.SERVER, MANY);
            assertThat(verdict(lab, "veth0")).containsExactly("dns_failure");
        }
    }

    @Test
    void aPathThatSwallowsBigPacketsIsAnMtuBlackHole() throws Exception {
        try (Lab lab = new Lab();
                Relay relay = new Relay(lab, new Relay.Path(1, 0, 0, 1_000))) {
            lab.peer(lab.server, "http", "80", "0");
            String text = verdictWhile(
                    lab.server, "tun0", () -> lab.peer(lab.client, "get", "80", Lab.SERVER, MANY, "50000"));
            assertThat(text).isEqualTo("mtu_black_hole");
            assertThat(relay).isNotNull();
        }
    }

    @Test
    void aPeerThatFallsSilentIsAHalfOpenConnection() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "sink", "9000");
            lab.peer(lab.client, "drip", "9000", Lab.SERVER);
            String text = verdictWhile(lab.client, "veth0", () -> lab.rule(lab.server, "tcp dport 9000 drop"));
            assertThat(text).isEqualTo("half_open");
        }
    }

    @Test
    void aReceiverThatDoesNotReadIsFull() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "sleeper", "9000", "60000");
            String text = verdictWhile(
                    lab.client, "veth0", () -> lab.peer(lab.client, "send", "9000", Lab.SERVER, "100000000"));
            assertThat(text).isEqualTo("receiver_full");
        }
    }

    @Test
    void aServerThatThinksLongIsSlow() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "http", "80", "1300");
            lab.peer(lab.client, "get", "80", Lab.SERVER, MANY, "500");
            assertThat(verdict(lab, "veth0")).containsExactly("slow_server");
        }
    }

    @Test
    void endsThatDoNotAgreeOnTlsFail() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "tls-server", "443");
            lab.peer(lab.client, "tls", "443", Lab.SERVER, MANY);
            assertThat(verdict(lab, "veth0")).containsExactly("tls_failure");
        }
    }

    @Test
    void healthyTrafficHasNoCause() throws Exception {
        try (Lab lab = new Lab();
                Relay relay = new Relay(lab, CLEAR)) {
            lab.peer(lab.server, "http", "80", "0");
            lab.peer(lab.client, "get", "80", Lab.SERVER, MANY, "500");
            assertThat(verdict(lab, "tun0")).isEmpty();
            assertThat(relay).isNotNull();
        }
    }

    private interface Fault {
        void begin() throws Exception;
    }

    private static List<String> verdict(Lab lab, String device) throws Exception {
        return verdictAt(lab.client, device);
    }

    private static List<String> verdictAt(String namespace, String device) throws Exception {
        return investigate(namespace, device, () -> {}).path();
    }

    /** The verdict when the fault begins while the capture runs. */
    private static String verdictWhile(String namespace, String device, Fault fault) throws Exception {
        return String.join(".", investigate(namespace, device, fault).path());
    }

    private static VerdictFacts investigate(String namespace, String device, Fault fault) throws Exception {
        PacketCaptureKind kind = new PacketCaptureKind();
        ParsedRunbook parsed = new RunbookParser(List.of(kind.signature()))
                .parse("network_path.yaml", Files.readString(Path.of("runbooks/network_path.yaml")));
        assertThat(parsed.problems()).isEmpty();
        Inputs.Resolved inputs = Inputs.resolve(
                parsed.runbook().orElseThrow(),
                Map.of("interface", device, "namespace", namespace, "duration", "4s"),
                Map.of());
        assertThat(inputs.problems()).isEmpty();
        World world = new World(
                InstantSource.system(),
                List.of(kind),
                new NoSources(),
                Hosts.only(new Hosts.Host("here", 2, 1L << 30)),
                Map.of(),
                new NothingKept(),
                Approvals.nobody(),
                Path.of("").toAbsolutePath(),
                Limits.DEFAULT);
        Request request = new Request(
                "test",
                parsed.runbook().orElseThrow(),
                "",
                "default",
                Trigger.command(),
                inputs.values(),
                Optional.empty(),
                Map.of());
        Events events = new Events(fault);
        new Investigation(world, request, events, events).run();
        assertThat(events.failures).isEmpty();
        // What a test that fails needs to be understood.
        System.out.println(events.all.stream()
                .filter(Event.FindingRead.class::isInstance)
                .map(Event.FindingRead.class::cast)
                .filter(read -> !read.outcome().equals("false"))
                .map(read -> read.finding() + ": " + read.says())
                .toList());
        return events.all.stream()
                .filter(Event.Judged.class::isInstance)
                .map(Event.Judged.class::cast)
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    /** Keeps the events, and begins the fault when the capture listens. */
    private static final class Events implements Journal, Watcher {
        private final List<Event> all = Collections.synchronizedList(new ArrayList<>());
        private final List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
        private final Fault fault;

        Events(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void append(Event event) {
            all.add(event);
        }

        @Override
        public void flush() {
            // In memory.
        }

        @Override
        public void event(Event event) {
            if (event instanceof Event.StepEnded ended && ended.error().isPresent()) {
                failures.add(new IllegalStateException(ended.error().get()));
            }
        }

        @Override
        public void progress(String step, String line) {
            if (line.startsWith("capturing on")) {
                try {
                    fault.begin();
                } catch (Exception e) {
                    failures.add(e);
                }
            }
        }
    }

    private static final class NoSources implements Sources {
        @Override
        public <S> S find(Class<S> type, Optional<String> name) throws SourceUnavailable {
            throw new SourceUnavailable("no source is configured");
        }
    }

    private static final class NothingKept implements ArtifactStore {
        @Override
        public Artifact keep(String name, InputStream content) throws IOException {
            return new Artifact(name, content.readAllBytes().length, "");
        }
    }
}
