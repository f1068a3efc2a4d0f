package dev.whydunit.server;

import dev.whydunit.digest.Sha256;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * What lines of the log and spans are found by. An investigation's trace is named after it, so that every node that works on it, before and
 * after a crash, says the same.
 */
final class TraceIds {
    /** Its name in lines of the log, as ECS has it. */
    static final String LOGGED = "trace.id";

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final int VERSION_DIGITS = 3;

    private TraceIds() {}

    static String ofInvestigation(String id) {
        return Sha256.hex("investigation " + id).substring(0, TRACE_DIGITS);
    }

    /** A span within the trace of an investigation. */
    static String span(String investigation, String name) {
        return Sha256.hex("span " + investigation + " " + name).substring(0, SPAN_DIGITS);
    }

    /** The trace that a caller names in the header {@code traceparent} (W3C Trace Context); empty when it names none. */
    static Optional<String> ofCaller(String traceparent) {
        boolean wellFormed = traceparent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
        return wellFormed
                ? Optional.of(traceparent.substring(VERSION_DIGITS, VERSION_DIGITS + TRACE_DIGITS))
                : Optional.empty();
    }

    /** What is logged by this thread until it is closed belongs to the trace. */
    static MDC.MDCCloseable logged(String trace) {
        return MDC.putCloseable(LOGGED, trace);
    }
}
