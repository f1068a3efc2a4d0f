package dev.whydunit.packet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each address sent. Of more addresses than there is room for, those first seen are counted. */
final class Talkers {
    private static final int MOST = 20_000;
    private static final int LISTED = 20;

    /** Hashed by hand: what the compiler makes for records is slow until it is warm. */
    private record Address(long high, long low) {
        @Override
        public int hashCode() {
            long mixed = (high ^ low) * 0x9e3779b97f4a7c15L;
            return (int) (mixed >>> 32);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Address that && low == that.low && high == that.high;
        }
    }

    private static final class Sent {
        long packets;
        long bytes;
    }

    private final Map<Address, Sent> sent = new HashMap<>();

    void add(Flow flow) {
        add(flow.aHigh, flow.aLow, flow.packetsFromA, flow.bytesFromA);
        add(flow.bHigh, flow.bLow, flow.packetsFromB, flow.bytesFromB);
    }

    private void add(long high, long low, long packets, long bytes) {
        if (packets == 0) {
            return;
        }
        Address address = new Address(high, low);
        Sent counts = sent.get(address);
        if (counts == null) {
            if (sent.size() >= MOST) {
                return;
            }
            counts = new Sent();
            sent.put(address, counts);
        }
        counts.packets += packets;
        counts.bytes += bytes;
    }

    /** Adds what others sent in other conversations of the same capture. */
    void merge(Talkers others) {
        others.sent.forEach((address, counts) -> add(address.high, address.low, counts.packets, counts.bytes));
    }

    boolean full() {
        return sent.size() >= MOST;
    }

    List<CaptureReport.Talker> report() {
        return sent.entrySet().stream()
                .map(each -> new CaptureReport.Talker(
                        Addresses.text(each.getKey().high, each.getKey().low),
                        each.getValue().packets,
                        each.getValue().bytes))
                .sorted(Comparator.comparingLong(CaptureReport.Talker::bytes)
                        .reversed()
                        .thenComparing(CaptureReport.Talker::address))
                .limit(LISTED)
                .toList();
    }
}
