package dev.whydunit.replay;

import dev.whydunit.cases.Place;
import java.util.List;

/**
 * An expectation that is not met.
 *
 * @param expected in words, such as {@code the verdict concluded}
 * @param actual in words
 * @param why what moved belief so, one line each; empty where that says nothing
 */
public record Mismatch(Place place, String expected, String actual, List<String> why) {
    /** Keeps its own copy. */
    public Mismatch {
        why = List.copyOf(why);
    }
}
