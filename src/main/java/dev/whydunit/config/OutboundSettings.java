package dev.whydunit.config;

import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.schema.About;
import java.util.List;

/**
 * Which addresses steps may ask. Link-local and metadata addresses never may be.
 *
 * @param deny addresses, ranges, or the words private, loopback and all
 * @param allow exceptions to that
 */
@About("Which addresses steps may ask; link-local and metadata addresses never may be.")
public record OutboundSettings(
        @About(
                value = "Never these: addresses, ranges, or the words private, loopback and all.",
                example = "[10.9.0.0/16]")
        List<String> deny,

        @About(value = "These all the same.", example = "[10.9.1.5]")
        List<String> allow) {
    /** Denies nothing but what is always denied. */
    public static final OutboundSettings DEFAULT = new OutboundSettings(List.of(), List.of());

    /** Refuses what is no address, range or word. */
    public OutboundSettings {
        deny = List.copyOf(deny);
        allow = List.copyOf(allow);
        new AddressPolicy(deny, allow);
    }

    /** The rule. */
    public AddressPolicy policy() {
        return new AddressPolicy(deny, allow);
    }
}
