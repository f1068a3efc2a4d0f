package dev.whydunit.delivery;

import dev.whydunit.schema.Names;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message to one channel, and what became of it.
 *
 * @param id what the other side sees as its id, the same for each attempt
 * @param occasion what it is about
 * @param attempts made so far
 * @param nextAt of the next attempt, while it waits
 * @param endedAt when it was taken, or given up
 * @param status that the other side answered with last; 0 when it did not answer
 * @param said what happened last, one line
 */
public record StoredNotification(
        String id,
        String channel,
        String occasion,
        Optional<String> investigation,
        Optional<String> incident,
        State state,
        int attempts,
        Instant createdAt,
        Optional<Instant> nextAt,
        Optional<Instant> endedAt,
        int status,
        String said) {
    /** As JSON shows it. */
    public Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", id);
        data.put("channel", channel);
        data.put("occasion", occasion);
        data.put("investigation", investigation);
        data.put("incident", incident);
        data.put("state", Names.choice(state));
        data.put("attempts", attempts);
        data.put("createdAt", createdAt.toString());
        data.put("nextAt", nextAt.map(Instant::toString));
        data.put("endedAt", endedAt.map(Instant::toString));
        data.put("status", status);
        data.put("said", said);
        return data;
    }

    /** Where it is. */
    public enum State {
        /** It is to be sent. */
        WAITING,
        /** The other side has taken it. */
        DELIVERED,
        /** It will not be sent again. */
        FAILED
    }
}
