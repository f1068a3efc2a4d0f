package dev.whydunit.step.packetcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Commands;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import dev.whydunit.packet.CaptureReport;
import dev.whydunit.packet.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is reached by commands alone, here a network namespace, captures with its own tcpdump. */
@Tag("alone")
class HostCaptureIT {
    @TempDir
    Path folder;

    @Test
    void itsPacketsComeThroughItsConnection() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "http", "80", "0");
            lab.peer(lab.client, "get", "80", Lab.SERVER, "100000000", "500");
            Seen seen = (Seen) observe(lab, "veth0", "tcp port 80", Duration.ofSeconds(2), Long.MAX_VALUE);

            CaptureReport report = (CaptureReport) seen.result();
            assertThat(report.http().requests()).isPositive();
            assertThat(report.tcp().handshakeMillis().count()).isPositive();
            assertThat(report.seconds()).isBetween(0.5, 4.0);
            assertThat(seen.artifacts()).hasSize(1);
            assertThat(seen.caveats()).contains("only packets that match the filter: tcp port 80");
        }
    }

    @Test
    void aLimitOfBytesEndsIt() throws Exception {
        try (Lab lab = Lab.joined()) {
            lab.peer(lab.server, "sink", "9000");
            lab.peer(lab.client, "send", "9000", Lab.SERVER, "100000000000");
            Seen seen = (Seen) observe(lab, "veth0", "", Duration.ofSeconds(30), 2_000_000);

            assertThat(seen.caveats()).anyMatch(caveat -> caveat.contains("reading stopped after 2000000 bytes"));
        }
    }

    @Test
    void whatTheKernelDroppedIsACaveat() throws Exception {
        Commands scripted = command -> local(List.of(
                "sh",
                "-c",
                "printf '\\324\\303\\262\\241\\002\\000\\004\\000%8s%4s\\001\\000\\000\\000' '' '' | tr ' ' '\\000';"
                        + " echo '90 packets received by filter' >&2; echo '9 packets dropped by kernel' >&2;"
                        + " echo '1 packet dropped by interface' >&2"));
        Seen seen = (Seen) new PacketCaptureKind()
                .observe(capture("eth0", "", Duration.ofSeconds(1), 1_000), new There(folder, scripted));

        assertThat(seen.hasData()).isFalse();
        assertThat(seen.caveats())
                .contains(
                        "the kernel dropped 10 of 90 packets (11.1 %) because they came faster than they could be read");
    }

    @Test
    void aFilterIsNeverAShellsText() throws Exception {
        Path canary = folder.resolve("canary");
        try (Lab lab = Lab.joined()) {
            Unseen unseen = (Unseen) observe(
                    lab, "veth0", "tcp port $(touch " + canary + "); touch " + canary, Duration.ofSeconds(1), 1_000);

            assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
            assertThat(unseen.why()).startsWith("the filter is wrong: ");
            assertThat(canary).doesNotExist();
        }
    }

    @Test
    void aFilterThatLooksLikeAnOptionIsAFilter() throws Exception {
        try (Lab lab = Lab.joined()) {
            Unseen unseen =
                    (Unseen) observe(lab, "veth0", "-w" + folder.resolve("canary"), Duration.ofSeconds(1), 1_000);

            assertThat(unseen.why()).startsWith("the filter is wrong: ");
            assertThat(folder.resolve("canary")).doesNotExist();
        }
    }

    @Test
    void anInterfaceThatIsNotThereIsNamed() throws Exception {
        try (Lab lab = Lab.joined()) {
            Unseen unseen = (Unseen) observe(lab, "nosuch0", "", Duration.ofSeconds(1), 1_000);

            assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
            assertThat(unseen.why()).contains("nosuch0").contains("No such device");
        }
    }

    @Test
    void aHostWithoutTcpdumpIsToldSo() throws Exception {
        Commands without = command -> local(List.of("sh", "-c", "echo 'timeout: failed to run tcpdump' >&2; exit 127"));
        Unseen unseen = (Unseen) new PacketCaptureKind()
                .observe(capture("eth0", "", Duration.ofSeconds(1), 1_000), new There(folder, without));

        assertThat(unseen.help()).isEqualTo("install tcpdump on that host");
    }

    private Observation observe(Lab lab, String device, String filter, Duration duration, long bytes) throws Exception {
        Commands commands = command -> {
            List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", lab.client));
            there.addAll(command);
            return local(there);
        };
        return new PacketCaptureKind().observe(capture(device, filter, duration, bytes), new There(folder, commands));
    }

    private static PacketCapture capture(String device, String filter, Duration duration, long bytes) {
        return new PacketCapture(
                Optional.of(device),
                Optional.empty(),
                Optional.of(filter),
                duration,
                1_000_000,
                bytes,
                Optional.empty(),
                Optional.empty());
    }

    private static Commands.Running local(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        return new Commands.Running() {
            @Override
            public InputStream output() {
                return process.getInputStream();
            }

            @Override
            public InputStream errors() {
                return process.getErrorStream();
            }

            @Override
            public int await() throws InterruptedException {
                return process.waitFor();
            }

            @Override
            public void close() {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        };
    }

    /** A step's world on another host. */
    private record There(Path folder, Commands how) implements StepContext {
        @Override
        public String step() {
            return "wire";
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Instant anchor() {
            return Instant.now();
        }

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(1);
        }

        @Override
        public <S> S source(Class<S> type, Optional<String> name) throws SourceUnavailable {
            throw new SourceUnavailable("none");
        }

        @Override
        public Optional<Commands> commands() {
            return Optional.of(how);
        }

        @Override
        public Path baseDirectory() {
            return folder;
        }

        @Override
        public Artifact keep(String suffix, InputStream content) throws IOException {
            return new Artifact("wire." + suffix, Files.copy(content, folder.resolve("artifact." + suffix)), "");
        }

        @Override
        public void progress(String line) {
            // Nobody watches.
        }
    }
}
