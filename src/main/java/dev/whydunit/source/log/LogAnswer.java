package dev.whydunit.source.log;

import java.util.List;
import java.util.Optional;

/**
 * What a log source found.
 *
 * @param window of the window that was asked about
 * @param baseline of the baseline window, when one was asked for
 * @param caveats what weakens the answer, each a sentence: lines that could not be read, a field that does not exist
 */
public record LogAnswer(LogSlice window, Optional<LogSlice> baseline, List<String> caveats) {
    /** Keeps its own copy of the list. */
    public LogAnswer {
        caveats = List.copyOf(caveats);
    }
}
