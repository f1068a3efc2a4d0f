package dev.whydunit.step.packetcapture;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.Optional;

/** Parameters of a {@code packet_capture} step. */
@About("Looks at packets on network interfaces or in a capture file, and says what is wrong on the wire.")
public record PacketCapture(
        @About(
                value =
                        "The network interface, or several separated by commas; any stands for all of them. Either this or file.",
                example = "eth0")
        @Into(Sink.ARGUMENT)
        Optional<String> interface_,

        @About(
                value =
                        "A capture file, pcap or pcapng, gzipped or not, instead of an interface; relative to the runbook's folder.",
                example = "evidence/web1.pcap")
        @Into(Sink.ARGUMENT)
        Optional<String> file,

        @About(
                value = "Which packets to look at, in the language of tcpdump (pcap-filter); all when left out.",
                example = "tcp port 5432")
        @Into(Sink.BPF)
        Optional<String> filter,

        @About(value = "How long to capture.", example = "10s") @Default("10s")
        Duration duration,

        @About(value = "How many packets to capture or read at most.", example = "100000") @Default("5000000")
        long packets,

        @About(value = "How many bytes of packets to capture or read at most.", example = "100000000")
        @Default("10000000000")
        long bytes,

        @About(
                value =
                        "How many bytes of each packet to keep in the artifact; only its headers when left out, since payloads may hold secrets.",
                example = "256")
        Optional<Integer> snaplen,

        @About(value = "The Linux network namespace to capture in, by its name under /run/netns.", example = "blue")
        @Into(Sink.ARGUMENT)
        Optional<String> namespace) {
    /** A blank text is as good as none, so that an input may be left empty. */
    public PacketCapture {
        interface_ = interface_.filter(text -> !text.isBlank());
        file = file.filter(text -> !text.isBlank());
        filter = filter.filter(text -> !text.isBlank());
        namespace = namespace.filter(text -> !text.isBlank());
    }
}
