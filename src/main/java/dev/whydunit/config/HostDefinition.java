package dev.whydunit.config;

import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.YamlNode;
import java.util.Optional;

/**
 * A configured host.
 *
 * @param address a name or an IP address; the host's own name when none was given
 * @param ssh how it is reached, kept as written until remote hosts are built
 */
public record HostDefinition(String name, String address, Optional<YamlNode> ssh, Position position) {}
