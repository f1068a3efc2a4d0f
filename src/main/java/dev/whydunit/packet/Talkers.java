package dev.whydunit.packet;

import java.util.ArrayList;
import java.util.List;

/** What each address sent. Of more addresses than there is room for, those first seen are counted. */
final class Talkers {
    private static final int MOST = 20_000;
    private static final int LISTED = 20;

    private static final int FIRST_SLOTS = 1 << 8;
    private static final int FIELDS = 4;
    private static final int PACKETS = 2;
    private static final int BYTES = 3;

    /** By slot: the address, its packets (0 where the slot is free) and their bytes. Open addressing. */
    private long[] sent = new long[FIRST_SLOTS * FIELDS];

    private int size;

    void add(Flow flow) {
        add(flow.aHigh, flow.aLow, flow.packetsFromA, flow.bytesFromA);
        add(flow.bHigh, flow.bLow, flow.packetsFromB, flow.bytesFromB);
    }

    private void add(long high, long low, long packets, long bytes) {
        if (packets == 0) {
            return;
        }
        int i = slot(high, low);
        if (sent[i + PACKETS] == 0) {
            if (size >= MOST) {
                return;
            }
            if (size >= sent.length / FIELDS / 2) {
                grow();
                i = slot(high, low);
            }
            size++;
            sent[i] = high;
            sent[i + 1] = low;
        }
        sent[i + PACKETS] += packets;
        sent[i + BYTES] += bytes;
    }

    /** Where the address is, or would be. */
    private int slot(long high, long low) {
        int mask = sent.length / FIELDS - 1;
        int slot = (int) ((high ^ low) * 0x9e3779b97f4a7c15L >>> 32) & mask;
        int i = slot * FIELDS;
        while (sent[i + PACKETS] != 0 && (sent[i] != high || sent[i + 1] != low)) {
            slot = slot + 1 & mask;
            i = slot * FIELDS;
        }
        return i;
    }

    private void grow() {
        long[] old = sent;
        sent = new long[old.length * 2];
        for (int i = 0; i < old.length; i += FIELDS) {
            if (old[i + PACKETS] != 0) {
                System.arraycopy(old, i, sent, slot(old[i], old[i + 1]), FIELDS);
            }
        }
    }

    /** Adds what others sent in other conversations of the same capture. */
    void merge(Talkers others) {
        long[] theirs = others.sent;
        for (int i = 0; i < theirs.length; i += FIELDS) {
            add(theirs[i], theirs[i + 1], theirs[i + PACKETS], theirs[i + BYTES]);
        }
    }

    boolean full() {
        return size >= MOST;
    }

    List<CaptureReport.Talker> report() {
        List<CaptureReport.Talker> all = new ArrayList<>(size);
        for (int i = 0; i < sent.length; i += FIELDS) {
            if (sent[i + PACKETS] != 0) {
                all.add(new CaptureReport.Talker(
                        Addresses.text(sent[i], sent[i + 1]), sent[i + PACKETS], sent[i + BYTES]));
            }
        }
        all.sort((one, other) -> {
            int byBytes = Long.compare(other.bytes(), one.bytes());
            return byBytes != 0 ? byBytes : one.address().compareTo(other.address());
        });
        return all.subList(0, Math.min(LISTED, all.size()));
    }
}
