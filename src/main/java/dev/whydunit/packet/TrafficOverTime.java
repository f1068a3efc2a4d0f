package dev.whydunit.packet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Bytes and packets in slots of time; when a capture is longer than the slots reach, two become one. */
final class TrafficOverTime {
    private static final int SLOTS = 240;
    private static final long FIRST_WIDTH = 10_000_000;
    private static final double NANOS = 1e9;

    private final long[] bytes = new long[SLOTS];
    private final long[] packets = new long[SLOTS];
    private long start;
    private long width = FIRST_WIDTH;
    private long reach = SLOTS * FIRST_WIDTH;
    private int used;
    /** The slot of the packet before, in which most packets are as well. */
    private int slot;

    private long slotStart = Long.MAX_VALUE;
    private long slotEnd;

    void add(long nanos, int wire) {
        if (used == 0) {
            start = nanos;
        }
        if (nanos < slotStart || nanos >= slotEnd) {
            find(Math.max(0, nanos - start));
        }
        bytes[slot] += wire;
        packets[slot]++;
    }

    private void find(long since) {
        while (since >= reach) {
            widen();
        }
        slot = (int) (since / width);
        slotStart = start + slot * width;
        slotEnd = slotStart + width;
        used = Math.max(used, slot + 1);
    }

    private void widen() {
        for (int i = 0; i < SLOTS / 2; i++) {
            bytes[i] = bytes[2 * i] + bytes[2 * i + 1];
            packets[i] = packets[2 * i] + packets[2 * i + 1];
        }
        Arrays.fill(bytes, SLOTS / 2, SLOTS, 0);
        Arrays.fill(packets, SLOTS / 2, SLOTS, 0);
        width *= 2;
        reach = SLOTS * width;
        used = (used + 1) / 2;
    }

    CaptureReport.OverTime report() {
        return new CaptureReport.OverTime(
                used == 0 ? Optional.empty() : Optional.of(Times.instant(start)),
                width / NANOS,
                list(bytes),
                list(packets));
    }

    private List<Long> list(long[] values) {
        return LongStream.of(values).limit(used).boxed().toList();
    }
}
