package dev.whydunit.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the steps of one investigation may do. Asked before a step looks, and before a person is asked to allow it. */
@FunctionalInterface
public interface Permissions {
    /** Whether it may be done. Has no effect, and gives the same answer for the same deed. */
    Decision decide(Deed deed);

    /**
     * What a step is about to do, with every value put in.
     *
     * @param kind the name of its kind
     * @param host the host that it is done on; empty when it is none in particular
     * @param touches what it reaches for; sources by their names
     */
    record Deed(String kind, boolean writes, Optional<String> host, List<Touch> touches) {
        /** Keeps its own copy of the touches. */
        public Deed {
            touches = List.copyOf(touches);
        }

        /**
         * What a step with these parameters is about to do.
         *
         * @param named the host that the step names; empty when it names none
         * @param here this machine, which a step that names no host acts on when it starts programs or captures
         * @param sources give a source that the step does not name its name
         */
        public static <P extends Record> Deed of(
                StepKind<P> kind, P parameters, boolean writes, Optional<String> named, String here, Sources sources) {
            List<Touch> touches = new ArrayList<>();
            boolean machine = false;
            for (Touch touch : kind.touches(parameters)) {
                machine |= touch instanceof Touch.Program || touch instanceof Touch.NetworkInterface;
                touches.add(
                        touch instanceof Touch.Source(Class<?> type, Optional<String> name)
                                ? new Touch.Source(type, sources.nameOf(type, name))
                                : touch);
            }
            Optional<String> host = machine ? Optional.of(named.orElse(here)) : named;
            return new Deed(kind.signature().name(), writes || kind.writes(), host, touches);
        }
    }

    /** What policy says. */
    sealed interface Decision {}

    /**
     * It may be done; by a step that asks, once a person allows it.
     *
     * @param approvers the least role that may allow it: responder, author or admin
     * @param expires how long a person is waited for, and how long the answer is good
     */
    record Allowed(String approvers, Duration expires) implements Decision {}

    /**
     * It may not.
     *
     * @param why one sentence without a full stop
     * @param line the line of policy that says so: its key, and its place in the file where it stands in one
     */
    record Denied(String why, String line) implements Decision {}

    /** Lets everything be done that a person allows: where there is no policy. */
    static Permissions unrestricted() {
        return deed -> new Allowed("responder", Duration.ofMinutes(10));
    }
}
