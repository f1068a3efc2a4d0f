package dev.whydunit.doctor;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.SourceDefinition;
import dev.whydunit.running.OpenSources;
import dev.whydunit.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether each source can be read from here. */
final class SourceChecks {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private SourceChecks() {}

    static List<Check> of(Configuration configuration, List<SourceKind<?>> kinds) throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        try (OpenSources sources = new OpenSources(configuration, kinds)) {
            for (SourceDefinition source : configuration.sources().values()) {
                checks.add(source(source, sources));
            }
        }
        return checks;
    }

    private static Check source(SourceDefinition source, OpenSources sources) throws InterruptedException {
        String name = "source " + source.name();
        try {
            Optional<String> trouble = sources.trouble(source.name(), LIMIT);
            return trouble.isPresent()
                    ? Check.problem(
                            name,
                            source.kind() + ": " + trouble.get(),
                            "see " + source.position() + "; steps that read it are not checked until then")
                    : Check.ok(name, source.kind() + " can be read");
        } catch (IllegalArgumentException e) {
            return Check.problem(name, String.valueOf(e.getMessage()), "see " + source.position());
        }
    }
}
