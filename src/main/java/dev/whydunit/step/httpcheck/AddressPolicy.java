package dev.whydunit.step.httpcheck;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses a step may ask. A name is resolved once, and the address that was checked is the one that is connected
 * to, so that a name cannot point elsewhere in between. Link-local addresses, where clouds keep their credentials, are never asked.
 */
final class AddressPolicy {
    /** Metadata services of clouds that are not link-local. */
    private static final Set<String> METADATA = Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

    private AddressPolicy() {}

    /** Why the address may not be asked; empty when it may. */
    static Optional<String> objection(InetAddress address) {
        if (address.isLinkLocalAddress() || METADATA.contains(address.getHostAddress())) {
            return Optional.of(address.getHostAddress() + " is a link-local or metadata address, which steps may not ask");
        }
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return Optional.of(address.getHostAddress() + " is no address of one host");
        }
        return Optional.empty();
    }
}
