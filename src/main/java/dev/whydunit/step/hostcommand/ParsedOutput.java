package dev.whydunit.step.hostcommand;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a parser made of a command's output. */
record ParsedOutput(Map<String, String> fields, List<Map<String, Object>> rows, Optional<Object> json) {
    static final ParsedOutput NOTHING = new ParsedOutput(Map.of(), List.of(), Optional.empty());

    /** The output is not what the step says it is; the message says where. */
    static final class NotParsed extends Exception {
        NotParsed(String message) {
            super(message);
        }
    }
}
