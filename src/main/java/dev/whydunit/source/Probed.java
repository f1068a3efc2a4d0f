package dev.whydunit.source;

import java.time.Duration;
import java.util.Optional;

/** A source that can say, at little cost to whoever serves it, whether it can be read just now. Thread-safe. */
public interface Probed {
    /**
     * Looks, in the way in which steps would, as far as the source's door.
     *
     * @param limit how long it may take
     * @return empty when it can be read; otherwise why not, in one line that holds no secret
     */
    Optional<String> trouble(Duration limit) throws InterruptedException;
}
