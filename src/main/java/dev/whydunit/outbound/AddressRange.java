package dev.whydunit.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that begin alike.
 *
 * @param first the first of them
 * @param bits how many bits are the same
 */
record AddressRange(InetAddress first, int bits) {
    private static final List<AddressRange> PRIVATE = List.of(
            range("10.0.0.0/8"),
            range("172.16.0.0/12"),
            range("192.168.0.0/16"),
            range("100.64.0.0/10"),
            range("fc00::/7"));
    private static final List<AddressRange> LOOPBACK = List.of(range("127.0.0.0/8"), range("::1/128"));
    private static final List<AddressRange> ALL = List.of(range("0.0.0.0/0"), range("::/0"));

    /**
     * What a text stands for: {@code private} (RFC 1918, RFC 6598, RFC 4193), {@code loopback}, {@code all}, an address, or a range such as
     * {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static List<AddressRange> named(String text) {
        return switch (text) {
            case "private" -> PRIVATE;
            case "loopback" -> LOOPBACK;
            case "all" -> ALL;
            default -> List.of(range(text));
        };
    }

    private static AddressRange range(String text) {
        String[] parts = text.split("/", 2);
        try {
            InetAddress first = InetAddress.ofLiteral(parts[0]);
            int most = first.getAddress().length * Byte.SIZE;
            int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("too many bits");
            }
            return new AddressRange(first, bits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no range of addresses: write private, loopback, all, 10.0.0.5 or 10.0.0.0/8", e);
        }
    }

    boolean holds(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] theirs = address.getAddress();
        int whole = bits / Byte.SIZE;
        if (mine.length != theirs.length || !Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
    }
}
