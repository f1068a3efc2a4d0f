package dev.whydunit.step.packetcapture;

import dev.whydunit.engine.Commands;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.packet.NotACapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Captures on interfaces of this machine, in a child process, and analyses what it sends while it captures. */
final class LiveCapture {
    /** Enough of each packet for the beginnings of DNS, TLS and HTTP messages. Never written to a disk. */
    private static final int LOOKED_AT = 4_096;
    /** What is left of a step's time limit after the capture, to end it and to keep the artifact. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private static final Duration SHORTEST = Duration.ofMillis(200);

    private static final Path NAMESPACES = Path.of("/run/netns");

    private final PacketCapture parameters;
    private final StepContext context;

    LiveCapture(PacketCapture parameters, StepContext context) {
        this.parameters = parameters;
        this.context = context;
    }

    /** The interfaces that a text names, separated by commas. */
    static List<String> interfaces(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    Observation observe() throws IOException, InterruptedException {
        List<String> caveats = new ArrayList<>();
        Duration duration = parameters.duration();
        Duration most = context.remaining().minus(MARGIN);
        if (duration.compareTo(most) > 0) {
            duration = most.compareTo(SHORTEST) > 0 ? most : SHORTEST;
            caveats.add("captured for %.1f s, not for %.1f s: the step's time limit leaves no more"
                    .formatted(duration.toMillis() / 1e3, parameters.duration().toMillis() / 1e3));
        }
        if (context.commands().isPresent()) {
            return elsewhere(context.commands().get(), duration, caveats);
        }
        Optional<String> missing = parameters.namespace().filter(name -> !Files.exists(NAMESPACES.resolve(name)));
        if (missing.isPresent()) {
            return new Unseen(
                    Observation.Cause.FAILED,
                    "there is no network namespace " + missing.get(),
                    "ip netns list shows them");
        }
        List<String> names = interfaces(parameters.interface_().orElseThrow());
        CaptureRequest request = request(names, duration);
        Path kept = Files.createTempFile("whydunit-", ".pcap");
        try {
            return capture(request, kept, caveats);
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    private CaptureRequest request(List<String> names, Duration duration) {
        return new CaptureRequest(
                names,
                parameters.filter().orElse("").strip(),
                Math.max(LOOKED_AT, parameters.snaplen().orElse(0)),
                duration.toMillis(),
                parameters.packets(),
                parameters.bytes());
    }

    /** On another host, by its own tcpdump. */
    private Observation elsewhere(Commands commands, Duration duration, List<String> caveats)
            throws IOException, InterruptedException {
        List<String> names = interfaces(parameters.interface_().orElseThrow());
        if (names.size() > 1) {
            return new Unseen(
                    Observation.Cause.FAILED,
                    "on another host packet_capture takes one interface, not " + names.size(),
                    "name one, or any for all of them");
        }
        CaptureRequest request = request(names, duration);
        Path kept = Files.createTempFile("whydunit-", ".pcap");
        try (Tcpdump tcpdump = Tcpdump.start(commands, parameters.namespace(), request, () -> listening(request))) {
            Looking looking = new Looking(parameters, context);
            FutureTask<Looking.Seen> task = looking.start(Looking.of(tcpdump.packets()), kept);
            Looking.Seen seen;
            try {
                seen = Looking.await(task);
            } catch (NotACapture nothing) {
                return tcpdump.failure(tcpdump.await());
            }
            if (tcpdump.drained()) {
                tcpdump.await();
            }
            tcpdump.drops().ifPresent(caveats::add);
            return looking.observation(seen, caveats);
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    private void listening(CaptureRequest request) {
        context.progress("capturing on %s for %.1f s"
                .formatted(String.join(", ", request.interfaces()), request.millis() / 1e3));
    }

    private Observation capture(CaptureRequest request, Path kept, List<String> caveats)
            throws IOException, InterruptedException {
        Looking looking = new Looking(parameters, context);
        try (CaptureChild child = CaptureChild.start(parameters.namespace(), request, () -> listening(request))) {
            FutureTask<Looking.Seen> task = looking.start(Looking.of(child.packets()), kept);
            Looking.Seen seen;
            try {
                seen = Looking.await(task);
            } catch (NotACapture nothing) {
                return child.await().failure().orElseThrow(() -> new IOException("no packets came", nothing));
            }
            CaptureOutcome outcome = child.await();
            Optional<Unseen> failure = outcome.failure();
            if (failure.isPresent()) {
                return failure.get();
            }
            caveats.addAll(outcome.caveats());
            return looking.observation(seen, caveats);
        }
    }
}
