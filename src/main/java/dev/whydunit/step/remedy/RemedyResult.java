package dev.whydunit.step.remedy;

import dev.whydunit.schema.About;
import java.util.Optional;

/**
 * What became of a remedy.
 *
 * @param done whether the command ended with exit code 0; whether it helped is for another step to see
 * @param exitCode its exit code; 128 and the signal's number when a signal ended it
 * @param stdout what it printed, as UTF-8
 * @param stderr what it printed to standard error
 * @param seconds how long it took
 * @param approvedBy who allowed it
 * @param undo how it is taken back, where the step says so
 */
public record RemedyResult(
        @About("Whether the command ended with exit code 0; whether it helped is for another step to see.")
        boolean done,

        @About("Exit code; 128 plus the signal's number when a signal ended it.")
        long exitCode,

        @About("Standard output.") String stdout,
        @About("Standard error.") String stderr,
        @About("Seconds that it took.") double seconds,
        @About("Who allowed it.") String approvedBy,

        @About("How it is taken back, where the step says so.")
        Optional<String> undo) {}
