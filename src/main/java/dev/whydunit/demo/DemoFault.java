package dev.whydunit.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is done to the shop. */
public enum DemoFault {
    /** A release brings a query that reads a whole table. */
    SLOW_QUERY("release 1.4.0 goes live"),
    /** A batch job keeps its row locks in a long transaction. */
    LOCK_WAIT("the price update starts"),
    /** Partners with slow lines download exports, each of which keeps a connection of the pool. */
    POOL_EXHAUSTED("partners start to download exports"),
    /** Another process on the host uses all processors. */
    CPU_HOG("the nightly report starts on the same host"),
    /** The payment service stops: connections to it are refused. */
    ERROR_BURST("the payment service stops"),
    /** Nothing: the alert is a false one. */
    NONE("nothing happens, but the alert fires");

    private final String story;

    DemoFault(String story) {
        this.story = story;
    }

    /** The name on the command line, such as {@code slow_query}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What an onlooker would see happen, in a few words. */
    public String story() {
        return story;
    }

    /** The fault with this {@link #key()}; empty when there is none. */
    public static Optional<DemoFault> of(String key) {
        return Arrays.stream(values()).filter(fault -> fault.key().equals(key)).findFirst();
    }
}
