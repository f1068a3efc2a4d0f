package dev.whydunit.packet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Address resolution (RFC 826): who asked in vain, and which address is claimed twice. */
final class ArpTracker {
    private static final int LENGTH = 28;
    private static final int MOST = 20_000;

    /** Requests for one address. */
    private static final class Wanted {
        long count;
        final long first;
        long last;
        final int asker;

        Wanted(long first, int asker) {
            this.first = first;
            this.asker = asker;
        }
    }

    private final ProblemBook problems;
    private final Map<Integer, Wanted> wanted = new HashMap<>();
    private final Set<Integer> answered = new HashSet<>();
    private final Map<Integer, Long> owners = new HashMap<>();
    private final Set<Integer> duplicates = new HashSet<>();
    private long requests;
    private long replies;

    ArpTracker(ProblemBook problems) {
        this.problems = problems;
    }

    /** Takes a packet; false when it is not of Ethernet and IPv4, or cut short. */
    boolean packet(Frame frame, int at) {
        if (!frame.has(at + LENGTH) || frame.u16(at + 2) != 0x0800 || frame.u16(at + 4) != 0x0604) {
            return false;
        }
        int operation = frame.u16(at + 6);
        long mac = frame.int64(at + 8) >>> 16;
        int sender = frame.int32(at + 14);
        int target = frame.int32(at + 24);
        if (sender != 0) {
            claim(frame.nanos, sender, mac);
        }
        if (operation == 1) {
            if (sender != target) {
                requests++;
                if (wanted.containsKey(target) || wanted.size() < MOST) {
                    Wanted all = wanted.computeIfAbsent(target, address -> new Wanted(frame.nanos, sender));
                    all.count++;
                    all.last = frame.nanos;
                }
            }
        } else if (operation == 2) {
            replies++;
            if (answered.size() < MOST) {
                answered.add(sender);
            }
        }
        return true;
    }

    private void claim(long nanos, int address, long mac) {
        if (owners.size() >= MOST && !owners.containsKey(address)) {
            return;
        }
        Long owner = owners.putIfAbsent(address, mac);
        if (owner != null && owner != mac) {
            duplicates.add(address);
            String text = text(address);
            problems.add(
                    ProblemKind.ARP_DUPLICATE,
                    1,
                    nanos,
                    nanos,
                    text,
                    () -> "%s is claimed by %s and by %s".formatted(text, macText(owner), macText(mac)));
        }
    }

    CaptureReport.Arp report() {
        long unanswered = 0;
        for (Map.Entry<Integer, Wanted> entry : wanted.entrySet()) {
            // An address that sends needs no reply to be known to be there.
            if (!answered.contains(entry.getKey()) && !owners.containsKey(entry.getKey())) {
                unanswered++;
                Wanted all = entry.getValue();
                String address = text(entry.getKey());
                problems.add(
                        ProblemKind.ARP_UNANSWERED,
                        all.count,
                        all.first,
                        all.last,
                        address,
                        () -> "Nobody answered for %s, which %s asked for %d times"
                                .formatted(address, text(all.asker), all.count));
            }
        }
        return new CaptureReport.Arp(requests, replies, unanswered, duplicates.size());
    }

    private static String text(int address) {
        return Addresses.text(0, Addresses.ipv4(address));
    }

    private static String macText(long mac) {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(text.isEmpty() ? "" : ":").append("%02x".formatted(mac >>> shift & 0xff));
        }
        return text.toString();
    }
}
