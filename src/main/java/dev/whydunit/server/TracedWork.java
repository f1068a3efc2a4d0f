package dev.whydunit.server;

import dev.whydunit.engine.Event;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredInvestigation;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Names the trace of an investigation in the log while it is worked on, and tells of it once it has ended: a line, and spans if wanted. */
final class TracedWork {
    private static final Logger LOG = LoggerFactory.getLogger(TracedWork.class);

    private final JournalStore journal;
    private final Optional<Traces> traces;

    /** Work on one investigation. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    TracedWork(JournalStore journal, Optional<Traces> traces) {
        this.journal = journal;
        this.traces = traces;
    }

    void run(String id, Work work) throws Exception {
        try (MDC.MDCCloseable trace = TraceIds.logged(TraceIds.ofInvestigation(id))) {
            work.run();
            Optional<StoredInvestigation> ended =
                    journal.find(id).filter(found -> found.endedAt().isPresent());
            if (ended.isPresent()) {
                LOG.info(
                        "investigation {} ({}) has ended: {}",
                        id,
                        ended.get().runbook(),
                        ended.get().verdict());
                if (traces.isPresent()) {
                    List<Event> events = journal.events(id).events();
                    traces.get().ended(id, events);
                }
            }
        }
    }
}
