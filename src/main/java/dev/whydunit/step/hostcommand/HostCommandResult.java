package dev.whydunit.step.hostcommand;

import dev.whydunit.schema.About;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command did and printed.
 *
 * @param exitCode its exit code; 128 and the signal's number when a signal ended it
 * @param stdout what it printed, as UTF-8
 * @param stderr what it printed to standard error
 * @param lines the lines of standard output
 * @param fields named values, when {@code parse} gives such
 * @param rows one map a line or element, when {@code parse} gives such
 * @param json the document, with {@code parse: json}
 * @param seconds how long it took
 */
public record HostCommandResult(
        @About("Exit code; 128 plus the signal's number when a signal ended it.")
        long exitCode,

        @About("Standard output.") String stdout,
        @About("Standard error.") String stderr,

        @About("Lines of standard output, without line ends.")
        List<String> lines,

        @About("Named values of parse: key_value, of the first match of parse: regex, of a JSON object's scalars.")
        Map<String, String> fields,

        @About("One map per line of parse: table, per match of parse: regex, per object of a JSON array.")
        List<Map<String, Object>> rows,

        @About("The document of parse: json.") Optional<Object> json,
        @About("Seconds that it took.") double seconds) {
    /** Keeps its own copies. */
    public HostCommandResult {
        lines = List.copyOf(lines);
        fields = Map.copyOf(fields);
        rows = List.copyOf(rows);
    }
}
