package dev.whydunit.step.packetcapture;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.packet.CaptureReport;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Captures packets in a child process, or reads them from a file, and reports what they show. The artifact holds their headers
 * alone unless the step asks for more.
 */
public final class PacketCaptureKind implements StepKind<PacketCapture> {
    /** The step kind's name. */
    public static final String NAME = "packet_capture";

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration COST = Duration.ofSeconds(12);
    private static final int MOST_INTERFACES = 16;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LARGEST_SNAPLEN = 262_144;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

    @Override
    public KindSignature signature() {
        return new KindSignature(
                NAME,
                "Looks at packets on network interfaces or in a capture file, and says what is wrong on the wire.",
                PacketCapture.class,
                CaptureReport.class,
                TIMEOUT,
                COST,
                Effect.READ,
                Optional.empty());
    }

    @Override
    public String rendered(PacketCapture parameters) {
        List<String> words = new ArrayList<>();
        parameters.namespace().ifPresent(name -> words.addAll(List.of("ip", "netns", "exec", name)));
        words.addAll(List.of("tcpdump", "-nn"));
        if (parameters.file().isPresent()) {
            words.addAll(List.of("-r", parameters.file().get()));
        } else {
            words.addAll(
                    List.of("-i", parameters.interface_().orElse("any"), "-c", Long.toString(parameters.packets())));
            words.addAll(List.of(
                    "-G", Long.toString(Math.max(1, parameters.duration().toSeconds())), "-W", "1"));
            words.addAll(List.of("-w", "capture.pcap"));
        }
        parameters.filter().ifPresent(words::add);
        return String.join(" ", words.stream().map(PacketCaptureKind::quoted).toList());
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public List<Touch> touches(PacketCapture parameters) {
        return parameters.interface_().map(LiveCapture::interfaces).orElse(List.of()).stream()
                .<Touch>map(Touch.NetworkInterface::new)
                .toList();
    }

    @Override
    public Observation observe(PacketCapture parameters, StepContext context) throws Exception {
        Optional<String> wrong = wrong(parameters);
        if (wrong.isPresent()) {
            return new Unseen(Cause.FAILED, wrong.get(), "see docs/steps/packet_capture.md");
        }
        if (parameters.file().isPresent() && context.commands().isPresent()) {
            return new Unseen(
                    Cause.FAILED,
                    "packet_capture reads files of this machine, not of another host",
                    "leave hosts out, or capture there with interface");
        }
        return parameters.file().isPresent()
                ? new FileReading(parameters, context).observe()
                : new LiveCapture(parameters, context).observe();
    }

    /** What contradicts itself in the parameters. */
    private static Optional<String> wrong(PacketCapture parameters) {
        if (parameters.interface_().isPresent() == parameters.file().isPresent()) {
            return Optional.of("packet_capture takes either interface or file, and exactly one of them");
        }
        if (parameters.packets() < 1 || parameters.bytes() < 1) {
            return Optional.of("packets and bytes of packet_capture must be at least 1");
        }
        if (parameters.duration().isNegative()
                || parameters.duration().isZero()
                || parameters.duration().compareTo(LONGEST) > 0) {
            return Optional.of("duration of packet_capture must be more than nothing and at most an hour");
        }
        if (parameters
                .snaplen()
                .filter(length -> length < 1 || length > LARGEST_SNAPLEN)
                .isPresent()) {
            return Optional.of("snaplen of packet_capture must be from 1 to " + LARGEST_SNAPLEN);
        }
        if (parameters.namespace().isPresent() && parameters.file().isPresent()) {
            return Optional.of("namespace of packet_capture goes with interface, not with file");
        }
        if (parameters
                .namespace()
                .filter(name -> name.contains("/") || name.startsWith("."))
                .isPresent()) {
            return Optional.of("namespace of packet_capture is a name, not a path");
        }
        if (parameters.interface_().isPresent()) {
            List<String> names = LiveCapture.interfaces(parameters.interface_().get());
            if (names.isEmpty() || names.size() > MOST_INTERFACES) {
                return Optional.of("interface of packet_capture names from 1 to " + MOST_INTERFACES + " interfaces");
            }
        }
        return Optional.empty();
    }
}
