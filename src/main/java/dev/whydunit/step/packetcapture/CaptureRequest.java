package dev.whydunit.step.packetcapture;

import java.util.List;

/**
 * What the child process is to do.
 *
 * @param interfaces where to capture; empty to filter a capture that comes on its standard input
 * @param filter in pcap-filter's language; blank for none
 * @param snaplen bytes of each packet that are looked at
 * @param millis how long
 * @param packets at most so many
 * @param bytes at most so many
 */
record CaptureRequest(List<String> interfaces, String filter, int snaplen, long millis, long packets, long bytes) {
    static CaptureRequest filtering(String filter, long packets) {
        return new CaptureRequest(List.of(), filter, 0, 0, packets, Long.MAX_VALUE);
    }

    /** As arguments of the child's command. */
    List<String> arguments() {
        return List.of(
                String.join(",", interfaces),
                filter,
                Integer.toString(snaplen),
                Long.toString(millis),
                Long.toString(packets),
                Long.toString(bytes));
    }

    static CaptureRequest of(String[] arguments) {
        return new CaptureRequest(
                arguments[0].isEmpty() ? List.of() : List.of(arguments[0].split(",")),
                arguments[1],
                Integer.parseInt(arguments[2]),
                Long.parseLong(arguments[3]),
                Long.parseLong(arguments[4]),
                Long.parseLong(arguments[5]));
    }
}
