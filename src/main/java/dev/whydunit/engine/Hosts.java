package dev.whydunit.engine;

import java.util.Optional;

/** The hosts that steps may look at. */
public interface Hosts {
    /** This machine. */
    Host here();

    /**
     * The host of that name, or why it cannot be looked at.
     *
     * @param name as the step or the service catalogue names it
     */
    Reach reach(String name);

    /** A host that can be looked at, or why it cannot. */
    sealed interface Reach {
        /**
         * It can.
         *
         * @param commands how commands are run there; empty when it is this machine
         */
        record Reachable(Host host, Optional<Commands> commands) implements Reach {
            /** This machine, by whatever name. */
            public Reachable(Host host) {
                this(host, Optional.empty());
            }
        }

        /** It cannot; one line what, one line what to do. */
        record Unreachable(String why, String help) implements Reach {}
    }

    /**
     * What expressions can read of a host.
     *
     * @param cpus processors that it may use
     * @param memory in bytes
     */
    record Host(String name, long cpus, long memory) {
        /** No facts are invented: an empty name is not a host. */
        public Host {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a host has a name");
            }
        }
    }

    /** Only this machine. */
    static Hosts only(Host here) {
        return new Hosts() {
            @Override
            public Host here() {
                return here;
            }

            @Override
            public Reach reach(String name) {
                return name.equals(here.name()) || name.equals("localhost")
                        ? new Reach.Reachable(here)
                        : new Reach.Unreachable(
                                "host " + name + " is not this machine",
                                "give it an address of this machine under hosts: in whydunit.yaml, or run this there");
            }
        };
    }
}
