package dev.whydunit.engine;

import java.util.List;

/** What a step saw, or why it could not see. */
public sealed interface Observation {

    /**
     * The step saw something.
     *
     * @param result the kind's result record
     * @param hasData whether there was anything to look at: false for no such index, no series, no packet at all. Where the
     *     step expects data, its findings are then unknown, not false
     * @param artifacts files that were kept
     * @param caveats what weakens the observation, each a sentence: output cut, packets dropped, a shorter window than asked
     */
    record Seen(Record result, boolean hasData, List<Artifact> artifacts, List<String> caveats) implements Observation {
        /** Keeps its own copies of the lists. */
        public Seen {
            artifacts = List.copyOf(artifacts);
            caveats = List.copyOf(caveats);
        }

        /** Something was seen, with no files and no caveats. */
        public static Seen of(Record result) {
            return new Seen(result, true, List.of(), List.of());
        }
    }

    /**
     * The step could not see: its findings are unknown, and it is listed under "not checked".
     *
     * @param cause in one word
     * @param why what happened and where (host, source, address), one line for people
     * @param help what to do about it, one line; empty when there is nothing to say
     */
    record Unseen(Cause cause, String why, String help) implements Observation {}

    /** Why nothing was seen. */
    enum Cause {
        /** It was tried and went wrong. */
        FAILED,
        /** Whoever was to be asked could not be reached, or was not well: what was asked has no part in it. A step that failed. */
        UNREACHABLE,
        /** It did not end within its limit. */
        TIMED_OUT,
        /** It was not permitted, by the operating system or by policy. */
        DENIED
    }
}
