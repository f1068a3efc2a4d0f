package dev.whydunit.step.packetcapture;

import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the child process said at its end, line by line as {@code key=value}.
 *
 * @param said its lines
 * @param exit its exit status
 */
record CaptureOutcome(Map<String, String> said, int exit) {
    /** Keys of the lines. */
    static final String ERROR = "error";

    static final String LISTENING = "listening";
    static final String MESSAGE = "message";
    static final String RECEIVED = "received";
    static final String DROPPED = "dropped";
    static final String DROPPED_BY_INTERFACE = "dropped_by_interface";
    static final String BEHIND = "behind";
    static final String LIMIT = "limit";

    /** What went wrong; empty when it captured. */
    Optional<Unseen> failure() {
        String message = said.getOrDefault(MESSAGE, "");
        String kind = said.getOrDefault(ERROR, exit == 0 ? "" : "died");
        return switch (kind) {
            case "" -> Optional.empty();
            case "denied" ->
                Optional.of(new Unseen(
                        Cause.DENIED,
                        "not permitted: " + message + " needs CAP_NET_RAW",
                        "run whydunit as root, or give the java of this JDK the capability: setcap cap_net_raw+ep"));
            case "filter" ->
                Optional.of(new Unseen(
                        Cause.FAILED,
                        "the filter is wrong: " + message,
                        "filters are written as for tcpdump, see pcap-filter(7)"));
            case "interface" ->
                Optional.of(new Unseen(Cause.FAILED, message, "ip link lists the interfaces of this machine"));
            case "libpcap" ->
                Optional.of(new Unseen(
                        Cause.FAILED,
                        "libpcap is not installed: " + message,
                        "install it (Debian: apt-get install libpcap0.8)"));
            case "died" ->
                Optional.of(new Unseen(
                        Cause.FAILED,
                        "the process that captures ended with status " + exit
                                + (message.isEmpty() ? "" : ": " + message),
                        ""));
            default -> Optional.of(new Unseen(Cause.FAILED, message, ""));
        };
    }

    /** What weakens the capture. */
    List<String> caveats() {
        List<String> caveats = new ArrayList<>();
        long dropped = number(DROPPED) + number(DROPPED_BY_INTERFACE);
        if (dropped > 0) {
            long all = Math.max(number(RECEIVED), dropped);
            caveats.add(String.format(
                    Locale.ROOT,
                    "the kernel dropped %d of %d packets (%.1f %%) because they came faster than they could be read",
                    dropped,
                    all,
                    100.0 * dropped / all));
        }
        if (number(BEHIND) > 0) {
            caveats.add(
                    ("packets came faster than they could be read: %d were read, and the last of the capture's time is not in"
                                    + " the numbers")
                            .formatted(number(BEHIND)));
        }
        String limit = said.getOrDefault(LIMIT, "");
        if (!limit.isEmpty()) {
            caveats.add("the capture ended early: it reached its limit of " + limit);
        }
        return caveats;
    }

    private long number(String key) {
        try {
            return Long.parseLong(said.getOrDefault(key, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
