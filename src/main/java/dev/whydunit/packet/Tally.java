package dev.whydunit.packet;

/** Counts of connections and of ICMP errors over the whole capture. */
final class Tally {
    // TCP
    long segments;
    long retransmissions;
    long fast;
    long spurious;
    long duplicateAcks;
    long outOfOrder;
    long lost;
    long zeroWindows;
    long zeroNanos;
    long windowFull;
    long keepAlives;
    long resets;
    long resetsEstablished;
    long synUnanswered;
    long synRefused;
    long synRejected;
    long halfOpen;
    long mtuBlackHoles;
    final Histogram handshakes = new Histogram();
    final Histogram roundTrips = new Histogram();
    /** Of connections of which one direction alone could be timed: which end is the farther one is not known. */
    final Histogram oneSidedRoundTrips = new Histogram();

    final Histogram thinks = new Histogram();

    // ICMP
    long unreachablePort;
    long unreachableHost;
    long unreachableNetwork;
    long unreachableProtocol;
    long fragmentationNeeded;
    long prohibited;
    long unreachableOther;
    long timeExceeded;
}
