package dev.whydunit.packet;

import java.util.ArrayDeque;

/** The requests of a connection that wait for their response. */
final class HttpExchange {
    private static final int MOST_WAITING = 64;

    /** A request: method and path, and when it began. */
    record Request(String path, long nanos) {}

    private final ArrayDeque<Request> waiting = new ArrayDeque<>(2);

    /** Responses that still have to come without being matched, since more requests were sent than are remembered. */
    private long beyond;

    void asked(Request request) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(request);
        } else {
            beyond++;
        }
    }

    @org.jspecify.annotations.Nullable
    Request answered() {
        if (waiting.isEmpty() && beyond > 0) {
            beyond--;
        }
        return waiting.poll();
    }

    long unanswered() {
        return waiting.size() + beyond;
    }
}
