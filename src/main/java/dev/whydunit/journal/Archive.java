package dev.whydunit.journal;

import java.util.List;
import java.util.Optional;

/** Where investigations can be read: the journal of this machine, or a server's. */
public interface Archive extends AutoCloseable {
    /** The newest investigations first; those that were pruned left out. */
    List<StoredInvestigation> list(int limit);

    /**
     * Ids that begin with a text, at most ten, newest first: as with a commit's id, the beginning is enough where it is
     * unambiguous.
     */
    List<String> matching(String prefix);

    /** All events of an investigation, checked against their hash chain; no events when there is no such id. */
    StoredEvents events(String id);

    /** The incidents that are open, the newest first, at most twenty. */
    List<OpenIncident> openIncidents();

    /** What is left of an investigation that was pruned; empty when it was not, or when that is not known here. */
    default Optional<Pruned> pruned(String id) {
        return Optional.empty();
    }

    /** The database's file or address, for messages. */
    String name();

    @Override
    void close();
}
