package dev.whydunit.cli;

import java.util.Optional;

/** What commands act on when they are told nothing: in a shell what it stands in, else the newest. */
public interface Situation {
    /** The investigation that a shell stands in, by its whole id; empty where there is none or no shell. */
    Optional<String> investigation();

    /** Outside of a shell. */
    static Situation none() {
        return Optional::empty;
    }
}
