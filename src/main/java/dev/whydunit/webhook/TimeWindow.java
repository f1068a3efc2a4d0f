package dev.whydunit.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A signed time that must be recent, so that what was overheard cannot be sent again later. */
final class TimeWindow {
    private TimeWindow() {}

    /** @param seconds since 1970, as the header says */
    static Optional<Refusal> refuses(Optional<String> seconds, String header, Instant now, Duration window) {
        if (seconds.isEmpty()) {
            return Optional.of(new Refusal(401, "not authenticated: no header " + header));
        }
        try {
            Instant sent = Instant.ofEpochSecond(Long.parseLong(seconds.get().strip()));
            Duration apart = Duration.between(sent, now).abs();
            return apart.compareTo(window) <= 0
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            401,
                            "not authenticated: " + header + " is " + apart.toSeconds()
                                    + " s away from this machine's time; at most " + window.toSeconds()
                                    + " s are allowed"));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return Optional.of(
                    new Refusal(401, "not authenticated: " + header + " is not a number of seconds since 1970"));
        }
    }
}
