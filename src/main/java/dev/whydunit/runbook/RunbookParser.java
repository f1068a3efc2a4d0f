package dev.whydunit.runbook;

import java.util.Collection;
import java.util.List;

/** Reads and checks runbooks. Thread-safe. */
public final class RunbookParser {
    private final List<KindSignature> kinds;

    /** For runbooks whose steps are of these kinds. */
    public RunbookParser(Collection<KindSignature> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * Reads one runbook.
     *
     * @param fileName for messages
     */
    public ParsedRunbook parse(String fileName, String text) {
        throw new UnsupportedOperationException(fileName + text.length() + kinds.size());
    }
}
