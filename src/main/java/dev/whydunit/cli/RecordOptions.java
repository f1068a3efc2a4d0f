package dev.whydunit.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether and where a run is kept as a case. */
final class RecordOptions {
    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Keep alert, inputs and every observation as a case, secrets masked.")
    private Optional<Path> record = Optional.empty();

    @Option(
            names = "--record-artifacts",
            description =
                    "With --record: copy files that steps kept, such as captures, beside it. Their content is not masked.")
    private boolean artifacts;

    Optional<RecordFile> file(Path directory) {
        return record.map(file -> new RecordFile(directory.resolve(file), artifacts));
    }
}
