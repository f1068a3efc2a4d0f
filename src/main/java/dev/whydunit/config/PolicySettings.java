package dev.whydunit.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What steps may do.
 *
 * @param commands programs that they may start
 * @param hosts that they may run on
 * @param interfaces that they may capture on
 * @param sources that they may read
 * @param restricted steps that only some people's investigations may run
 * @param writes what may be changed; empty where the configuration says nothing of it: on a server nothing then, at a prompt what the
 *     person there allows
 * @param approvers the least role that may allow a step that asks though it only reads
 * @param expires how long such a step waits
 */
public record PolicySettings(
        AccessList commands,
        AccessList hosts,
        AccessList interfaces,
        AccessList sources,
        List<Restriction> restricted,
        Optional<List<WriteGrant>> writes,
        String approvers,
        Duration expires) {
    /** Who may approve where nothing is said. */
    static final String APPROVERS = "responder";
    /** How long is waited where nothing is said. */
    static final Duration EXPIRES = Duration.ofMinutes(10);

    /** Where nothing is said. */
    public static final PolicySettings DEFAULT = new PolicySettings(
            AccessList.OPEN,
            AccessList.OPEN,
            AccessList.OPEN,
            AccessList.OPEN,
            List.of(),
            Optional.empty(),
            APPROVERS,
            EXPIRES);

    /** Keeps its own copies of the lists. */
    public PolicySettings {
        restricted = List.copyOf(restricted);
        writes = writes.map(List::copyOf);
    }
}
