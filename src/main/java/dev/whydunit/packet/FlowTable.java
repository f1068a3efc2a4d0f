package dev.whydunit.packet;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Conversations by their endpoints: open addressing, one array. When it is full, the longest idle half is closed, so that memory
 * stays bounded and the cost per packet constant.
 *
 * @param <F> the kind of conversation
 */
final class FlowTable<F extends Flow> {
    /** Makes a conversation of which a packet was seen for the first time. */
    interface Maker<F> {
        F make(long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort, int hash, long nanos);
    }

    private final Class<F> type;
    private final Maker<F> maker;
    private final Consumer<F> closed;
    private final int most;
    private final long seed;
    private F[] slots;
    /** The same in the order in which they began, so that they are closed in that order whatever the seed. */
    private F[] inOrder;

    private int size;
    private F last;

    /** Conversations ever begun. */
    long begun;
    /** Conversations that were closed for want of room. */
    long crowdedOut;
    /** Direction of the packet that was looked up last: 0 from a, 1 from b. */
    int direction;

    /**
     * @param most conversations kept at once
     * @param seed makes the hash unpredictable to those who send packets
     * @param closed is handed each conversation that ends
     */
    FlowTable(Class<F> type, int most, long seed, Maker<F> maker, Consumer<F> closed) {
        this.type = type;
        this.maker = maker;
        this.closed = closed;
        this.most = most;
        this.seed = seed;
        slots = slots(1024);
        inOrder = slots(512);
        last = maker.make(0, 0, -1, 0, 0, -1, 0, 0);
    }

    /** The conversation of a packet, begun with it when there is none. Sets {@link #direction}. */
    F of(long fromHigh, long fromLow, int fromPort, long toHigh, long toLow, int toPort, long nanos) {
        F recent = last;
        if (recent.aPort == fromPort && recent.bPort == toPort && is(recent, fromHigh, fromLow, toHigh, toLow)) {
            direction = 0;
            return recent;
        }
        if (recent.aPort == toPort && recent.bPort == fromPort && is(recent, toHigh, toLow, fromHigh, fromLow)) {
            direction = 1;
            return recent;
        }
        int hash = hash(fromHigh, fromLow, fromPort, toHigh, toLow, toPort);
        int mask = slots.length - 1;
        int i = hash & mask;
        for (F flow = slots[i]; flow != null; flow = slots[i]) {
            if (flow.hash == hash) {
                if (flow.aPort == fromPort && flow.bPort == toPort && is(flow, fromHigh, fromLow, toHigh, toLow)) {
                    direction = 0;
                    last = flow;
                    return flow;
                }
                if (flow.aPort == toPort && flow.bPort == fromPort && is(flow, toHigh, toLow, fromHigh, fromLow)) {
                    direction = 1;
                    last = flow;
                    return flow;
                }
            }
            i = i + 1 & mask;
        }
        F flow = maker.make(fromHigh, fromLow, fromPort, toHigh, toLow, toPort, hash, nanos);
        add(flow);
        direction = 0;
        last = flow;
        return flow;
    }

    /** The conversation between two endpoints, either way round; null when there is none. Sets {@link #direction}. */
    @Nullable
    F find(long fromHigh, long fromLow, int fromPort, long toHigh, long toLow, int toPort) {
        int hash = hash(fromHigh, fromLow, fromPort, toHigh, toLow, toPort);
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != null; i = i + 1 & mask) {
            F flow = slots[i];
            if (flow.aPort == fromPort && flow.bPort == toPort && is(flow, fromHigh, fromLow, toHigh, toLow)) {
                direction = 0;
                return flow;
            }
            if (flow.aPort == toPort && flow.bPort == fromPort && is(flow, toHigh, toLow, fromHigh, fromLow)) {
                direction = 1;
                return flow;
            }
        }
        return null;
    }

    /** Closes a conversation and puts another with the same endpoints, perhaps the other way round, in its place. */
    void replace(F old, F young) {
        exchange(old, young);
        begun++;
        closed.accept(old);
    }

    /** Puts another conversation with the same endpoints in the place of one that was begun the wrong way round. */
    void exchange(F wrong, F right) {
        int mask = slots.length - 1;
        int i = wrong.hash & mask;
        while (slots[i] != wrong) {
            i = i + 1 & mask;
        }
        slots[i] = right;
        right.place = wrong.place;
        inOrder[right.place] = right;
        last = right;
    }

    /** Closes every conversation. */
    void close() {
        for (int i = 0; i < size; i++) {
            closed.accept(inOrder[i]);
        }
        slots = slots(2);
        inOrder = slots(1);
        size = 0;
    }

    private void add(F flow) {
        if (size >= most) {
            crowdOut();
        }
        if (size == inOrder.length) {
            inOrder = Arrays.copyOf(inOrder, 2 * size);
            slots = slots(4 * size);
            for (int i = 0; i < size; i++) {
                put(inOrder[i]);
            }
        }
        put(flow);
        inOrder[size] = flow;
        flow.place = size++;
        begun++;
    }

    /** Closes the half that has been silent longest. */
    private void crowdOut() {
        long[] times = new long[size];
        for (int i = 0; i < size; i++) {
            times[i] = inOrder[i].lastNanos;
        }
        Arrays.sort(times);
        long limit = times[size / 2];
        int leave = size / 2 + 1;
        slots = slots(slots.length);
        int left = 0;
        for (int i = 0; i < size; i++) {
            F each = inOrder[i];
            if (each.lastNanos <= limit && leave > 0) {
                leave--;
                crowdedOut++;
                closed.accept(each);
            } else {
                put(each);
                inOrder[left] = each;
                each.place = left++;
            }
        }
        Arrays.fill(inOrder, left, size, null);
        size = left;
    }

    private void put(F flow) {
        int mask = slots.length - 1;
        int i = flow.hash & mask;
        while (slots[i] != null) {
            i = i + 1 & mask;
        }
        slots[i] = flow;
    }

    private static boolean is(Flow flow, long aHigh, long aLow, long bHigh, long bLow) {
        return flow.aLow == aLow && flow.bLow == bLow && flow.aHigh == aHigh && flow.bHigh == bHigh;
    }

    /** The same for both directions. */
    private int hash(long fromHigh, long fromLow, int fromPort, long toHigh, long toLow, int toPort) {
        long from = mix(fromHigh * 0x9e3779b97f4a7c15L ^ fromLow ^ (long) fromPort << 48 ^ seed);
        long to = mix(toHigh * 0x9e3779b97f4a7c15L ^ toLow ^ (long) toPort << 48 ^ seed);
        long both = mix(from + to);
        return (int) (both ^ both >>> 32);
    }

    /** Stafford's variant 13 of the 64-bit finaliser of MurmurHash3. */
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    @SuppressWarnings("unchecked")
    private F[] slots(int length) {
        return (F[]) Array.newInstance(type, length);
    }
}
