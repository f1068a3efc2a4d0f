package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.graph.GraphFormat;
import dev.whydunit.graph.RunbookGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit runbook graph}: draws a runbook. */
@Command(
        mixinStandardHelpOptions = true,
        name = "graph",
        description = "Draw steps, findings and hypotheses, and what speaks for what.",
        footer = {"", "Example: whydunit runbook graph web_slowdown -o web_slowdown.svg"})
final class GraphCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "RUNBOOK", description = "A file or an id.")
    private String name = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "svg, mermaid or dot (default: what the name of the file says, else svg).")
    private Optional<GraphFormat> format = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it (default: standard output).")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private CommonOptions options = new CommonOptions();

    GraphCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        Optional<Library.Found> found = application
                .configuration(options)
                .flatMap(known -> library(known).find(name));
        if (found.isEmpty()) {
            return ExitCode.USAGE;
        }
        String drawn =
                format.orElseGet(this::byName).write(RunbookGraph.of(found.get().runbook()));
        if (output.isEmpty()) {
            application.console().out().print(drawn);
            application.console().out().flush();
            return ExitCode.DONE;
        }
        Path file = application.directory().resolve(output.get());
        try {
            Files.writeString(file, drawn);
            return ExitCode.DONE;
        } catch (IOException e) {
            application.fail("cannot write " + file + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private Library library(Configuration configuration) {
        return new Library(application, configuration);
    }

    private GraphFormat byName() {
        String file = output.map(Path::toString).orElse("").toLowerCase(Locale.ROOT);
        if (file.endsWith(".dot") || file.endsWith(".gv")) {
            return GraphFormat.DOT;
        }
        return file.endsWith(".mmd") || file.endsWith(".mermaid") ? GraphFormat.MERMAID : GraphFormat.SVG;
    }
}
