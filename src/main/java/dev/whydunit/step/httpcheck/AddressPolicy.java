package dev.whydunit.step.httpcheck;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses a step may ask. A name is resolved once, and the address that was checked is the one that is connected
 * to, so that a name cannot point elsewhere in between. Link-local addresses, where clouds keep their credentials, are never
 * asked, nor in the forms that hide such an address in an IPv6 one.
 */
final class AddressPolicy {
    /** Metadata services of clouds that are not link-local. */
    private static final Set<String> METADATA =
            Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] COMPATIBLE = new byte[12];

    private AddressPolicy() {}

    /** Why the address may not be asked; empty when it may. */
    static Optional<String> objection(InetAddress address) {
        if (address.isLinkLocalAddress() || METADATA.contains(address.getHostAddress())) {
            return Optional.of(
                    address.getHostAddress() + " is a link-local or metadata address, which steps may not ask");
        }
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return Optional.of(address.getHostAddress() + " is no address of one host");
        }
        return address instanceof Inet6Address six && !six.isLoopbackAddress()
                ? hidden(six.getAddress()).flatMap(AddressPolicy::objection)
                : Optional.empty();
    }

    /** The IPv4 address within: NAT64, IPv4-compatible, 6to4. */
    private static Optional<InetAddress> hidden(byte[] six) {
        byte[] prefix = Arrays.copyOf(six, 12);
        try {
            if (Arrays.equals(prefix, NAT64) || Arrays.equals(prefix, COMPATIBLE)) {
                return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(six, 12, 16)));
            }
            if (six[0] == 0x20 && six[1] == 0x02) {
                return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(six, 2, 6)));
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
        return Optional.empty();
    }
}
