package dev.whydunit.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often an address has shown a token that nobody has. After {@value #AT_ONCE} of them at once it may try one every
 * {@value #EVERY_SECONDS} s, so that guessing a token that an operator chose takes years; what it tries in between is not looked at. Who is known,
 * or shows a token of the form of those that are made here, is never kept out: an address may be that of a proxy before everybody. Thread-safe; remembers the {@value #MOST} addresses that failed last.
 */
final class SignIns {
    static final int AT_ONCE = 10;
    static final int EVERY_SECONDS = 6;
    private static final int MOST = 10_000;
    private static final int NETWORK_BYTES = 8;
    private static final Duration SAID_AGAIN = Duration.ofMinutes(10);

    /** What an address may still try, as of a moment; and when it was last said that it tries too much. */
    private record Tries(double left, Instant at, Instant said) {
        Tries now(Instant now) {
            double more = Math.max(0, Duration.between(at, now).toMillis() / 1000.0 / EVERY_SECONDS);
            return new Tries(Math.min(AT_ONCE, left + more), now, said);
        }
    }

    private final Map<String, Tries> failed = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST;
        }
    };

    /** Whether a token from there that is not known may be looked up. */
    synchronized boolean mayTry(String address, Instant now) {
        Tries tries = failed.get(network(address));
        return tries == null || tries.now(now).left() >= 1;
    }

    /**
     * A token from there was nobody's.
     *
     * @return whether that was one too many, and this is to be said; once in ten minutes for an address
     */
    synchronized boolean failed(String address, Instant now) {
        String network = network(address);
        Tries before = Optional.ofNullable(failed.get(network))
                .orElseGet(() -> new Tries(AT_ONCE, now, Instant.EPOCH))
                .now(now);
        double left = before.left() - 1;
        boolean say = left < 1 && Duration.between(before.said(), now).compareTo(SAID_AGAIN) > 0;
        failed.put(network, new Tries(left, now, say ? now : before.said()));
        return say;
    }

    /** Of an IPv6 address its network: one machine has as many of the rest as it likes. */
    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            // No address at all: whoever says so is one sender.
            return address;
        }
    }
}
