package dev.whydunit.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses may be asked. Link-local addresses, where clouds keep their credentials, never may, nor in the forms that hide such an
 * address in an IPv6 one; other ranges as configured.
 */
public final class AddressPolicy {
    /** What holds where nothing is configured: a tool that diagnoses an inner network asks inner addresses. */
    public static final AddressPolicy DEFAULT = new AddressPolicy(List.of(), List.of());

    /** For what can only be on the Internet. */
    public static final AddressPolicy INTERNET = new AddressPolicy(List.of("private", "loopback"), List.of());

    /** Metadata services of clouds that are not link-local. */
    private static final Set<String> METADATA = Set.of(
            "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254");

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    /** The range of NAT64 that a site may use as it likes (RFC 8215). */
    private static final byte[] OWN_NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};

    private static final byte[] COMPATIBLE = new byte[12];
    /** {@code ::ffff:0:a.b.c.d}, of those who translate without state (RFC 2765). */
    private static final byte[] TRANSLATED = {0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0};

    private static final byte[] TEREDO = {0x20, 0x01, 0, 0};
    /** Of an interface's part that is an IPv4 address (ISATAP, RFC 5214), whether or not that is unique. */
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private final List<AddressRange> denied;
    private final List<AddressRange> allowed;

    /**
     * Both hold addresses ({@code 10.0.0.5}), ranges ({@code 10.0.0.0/8}), and the words {@code private}, {@code loopback} and {@code all}.
     *
     * @param deny what may not be asked
     * @param allow exceptions to that
     * @throws IllegalArgumentException when a text is none of these
     */
    public AddressPolicy(List<String> deny, List<String> allow) {
        this.denied =
                deny.stream().flatMap(text -> AddressRange.named(text).stream()).toList();
        this.allowed = allow.stream()
                .flatMap(text -> AddressRange.named(text).stream())
                .toList();
    }

    /** Why the address may not be asked; empty when it may. */
    public Optional<String> objection(InetAddress address) {
        if (address.isLinkLocalAddress() || METADATA.contains(address.getHostAddress())) {
            return Optional.of(
                    address.getHostAddress() + " is a link-local or metadata address, which may not be asked");
        }
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return Optional.of(address.getHostAddress() + " is no address of one host");
        }
        if (holds(denied, address) && !holds(allowed, address)) {
            return Optional.of(address.getHostAddress() + " is an address that outbound.deny forbids");
        }
        return address instanceof Inet6Address six && !six.isLoopbackAddress()
                ? hidden(six.getAddress()).flatMap(this::objection)
                : Optional.empty();
    }

    private static boolean holds(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    /** The IPv4 address within: NAT64, IPv4-compatible, translated, 6to4, Teredo, ISATAP. The JDK itself takes a mapped one for what it is. */
    private static Optional<InetAddress> hidden(byte[] six) {
        byte[] prefix = Arrays.copyOf(six, 12);
        try {
            boolean isatap = (six[8] & ~2) == ISATAP[0] && Arrays.equals(six, 9, 12, ISATAP, 1, 4);
            if (Arrays.equals(prefix, NAT64)
                    || Arrays.equals(prefix, COMPATIBLE)
                    || Arrays.equals(prefix, TRANSLATED)
                    || begins(six, OWN_NAT64)
                    || isatap) {
                return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(six, 12, 16)));
            }
            if (begins(six, TEREDO)) {
                byte[] four = Arrays.copyOfRange(six, 12, 16);
                for (int i = 0; i < four.length; i++) {
                    four[i] = (byte) ~four[i];
                }
                return Optional.of(InetAddress.getByAddress(four));
            }
            if (six[0] == 0x20 && six[1] == 0x02) {
                return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(six, 2, 6)));
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] address, byte[] prefix) {
        return Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length);
    }
}
