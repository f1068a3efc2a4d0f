package dev.whydunit.packet;

/** A conversation while its packets are counted. Direction 0 is from {@code a}, who began, to {@code b}. */
class Flow {
    /** Addresses and ports of a and b. */
    final long aHigh;

    final long aLow;
    final long bHigh;
    final long bLow;
    final int aPort;
    final int bPort;

    final int hash;
    /** Its place in the order of the table. */
    int place;

    long firstNanos;
    long lastNanos;
    long packetsFromA;
    long packetsFromB;
    long bytesFromA;
    long bytesFromB;

    Flow(long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort, int hash, long nanos) {
        this.aHigh = aHigh;
        this.aLow = aLow;
        this.aPort = aPort;
        this.bHigh = bHigh;
        this.bLow = bLow;
        this.bPort = bPort;
        this.hash = hash;
        firstNanos = nanos;
        lastNanos = nanos;
    }

    final void count(int direction, int wire, long nanos) {
        if (direction == 0) {
            packetsFromA++;
            bytesFromA += wire;
        } else {
            packetsFromB++;
            bytesFromB += wire;
        }
        lastNanos = Math.max(lastNanos, nanos);
        firstNanos = Math.min(firstNanos, nanos);
    }

    final long packets() {
        return packetsFromA + packetsFromB;
    }

    final long bytes() {
        return bytesFromA + bytesFromB;
    }

    final String a() {
        return Addresses.text(aHigh, aLow, aPort);
    }

    final String b() {
        return Addresses.text(bHigh, bLow, bPort);
    }

    /** Who sends in this direction. */
    final String from(int direction) {
        return direction == 0 ? a() : b();
    }

    /** Who sends and who receives in this direction. */
    final String arrow(int direction) {
        return from(direction) + " → " + from(1 - direction);
    }
}
