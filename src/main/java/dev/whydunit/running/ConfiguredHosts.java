package dev.whydunit.running;

import dev.whydunit.config.HostDefinition;
import dev.whydunit.engine.Hosts;
import java.util.Map;
import java.util.Set;

/** The hosts of the configuration. For now only this machine can be looked at; any other says so. */
public final class ConfiguredHosts implements Hosts {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final Host here;
    private final Map<String, HostDefinition> hosts;

    /** @param here this machine */
    public ConfiguredHosts(Host here, Map<String, HostDefinition> hosts) {
        this.here = here;
        this.hosts = Map.copyOf(hosts);
    }

    @Override
    public Host here() {
        return here;
    }

    @Override
    public Reach reach(String name) {
        HostDefinition definition = hosts.get(name);
        String address = definition == null ? name : definition.address();
        if (LOOPBACK.contains(address) || address.equals(here.name())) {
            return new Reach.Reachable(new Host(name, here.cpus(), here.memory()));
        }
        return new Reach.Unreachable(
                definition == null
                        ? "host " + name + " is not this machine and not configured"
                        : "host " + name + " (" + address + ") is another machine, which this version cannot look at",
                "run whydunit on " + name + ", or set its address to localhost under hosts: where it is this machine");
    }
}
