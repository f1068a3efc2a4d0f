package dev.whydunit.delivery;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt. */
public sealed interface Outcome {
    /** The status that the other side answered with, HTTP's or SMTP's; 0 when it did not answer. */
    int status();

    /** What happened, in one line, without secrets of ours. */
    String said();

    /** It was taken. */
    record Delivered(int status, String said) implements Outcome {}

    /**
     * It was not taken now, and may be later.
     *
     * @param after when the other side says that it may be tried again
     */
    record Later(int status, String said, Optional<Duration> after) implements Outcome {}

    /** It will not be taken, however often it is sent. */
    record Refused(int status, String said) implements Outcome {}

    /** It was not tried: as many as may be are being sent to this channel. */
    record Busy() implements Outcome {
        @Override
        public int status() {
            return 0;
        }

        @Override
        public String said() {
            return "other messages to this channel are still on their way";
        }
    }
}
