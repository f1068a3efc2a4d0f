package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.demo.Demo;
import dev.whydunit.demo.DemoFault;
import dev.whydunit.engine.Trigger;
import dev.whydunit.report.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One demonstration: starts the shop, waits for its alert, runs the runbook on it, ends everything. */
final class DemoRun {
    private final Application application;
    private final CommonOptions options;
    private final Format format;
    private final Optional<RecordFile> record;

    DemoRun(Application application, CommonOptions options, Format format, Optional<RecordFile> record) {
        this.application = application;
        this.options = options;
        this.format = format;
        this.record = record;
    }

    int of(DemoFault fault) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("whydunit-demo-");
        try (Demo demo = Demo.start(fault, folder, this::say)) {
            Optional<Trigger> trigger = AlertFile.trigger("the demo's alert", demo.alert(), application);
            if (trigger.isEmpty()) {
                return ExitCode.FAILED;
            }
            say("whydunit run web_slowdown --alert alert.json");
            RunJob job = new RunJob(demo.runbook().toString(), demo.inputs(), trigger.get(), false, false, 4, record);
            return application.run(job, options.withConfig(demo.configuration()), format);
        } finally {
            delete(folder);
        }
    }

    private void say(String line) {
        application.console().err().println("demo: " + PlainText.forTerminal(line));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = below.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete the demo's folder " + folder, e);
            }
        }
    }
}
