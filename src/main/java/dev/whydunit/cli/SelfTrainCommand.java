package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.engine.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code whydunit self-train}: walks through what a short command does, so that the launcher can record the classes for its
 * AOT cache.
 */
@Command(
        mixinStandardHelpOptions = true,
        name = "self-train",
        hidden = true,
        description = "For the launcher: warm up what commands need.")
final class SelfTrainCommand implements Callable<Integer> {
    private static final String RUNBOOK = """
            runbook: training
            title: Training
            symptom: p95 of ${{ inputs.service }} is high
            inputs:
              service: {type: string, default: shop}
            hypotheses:
              load:
                claim: The machine is busy
                why:
                  cpu: {claim: No CPU is left, remedy: Add CPUs.}
              other_thing: {claim: Something else}
            steps:
              look:
                host_command: {run: [echo, '1.5 2'], parse: 'regex:^(?<load>\\S+)', env: {SERVICE: '${{ inputs.service }}'}}
                findings:
                  busy: {when: 'double(fields.load) > 100.0', says: 'load ${{ fields.load }}', supports: {cpu: strong}}
                  idle: {when: 'exit_code == 0 && stdout.contains("1.5")', refutes: {load: weak}}
            """;

    private static final String CASE = """
            case: The machine is busy
            observations: {look: {result: {fields: {load: 250}, stdout: ''}, took: 5ms}}
            expect: {verdict: inconclusive, findings: {look.busy: true}, probability: {cpu: 0..1}, within: 1s}
            """;

    private final Application application;

    SelfTrainCommand(Application application) {
        this.application = application;
    }

    @Option(names = "--server", description = "What a server needs.")
    private boolean server;

    @Override
    public Integer call() throws Exception {
        if (server) {
            return new ServeCommand(application).train();
        }
        Path folder = Files.createTempDirectory("whydunit-train-");
        Path capture = folder.resolve("training.pcap");
        Path runbook = Files.writeString(folder.resolve("training.yaml"), RUNBOOK);
        Path cases = Files.createDirectory(folder.resolve("training.cases"));
        Path one = Files.writeString(cases.resolve("one.yaml"), CASE);
        try {
            int exit = ExitCode.DONE;
            for (Format format : Format.values()) {
                RunJob job = new RunJob(runbook.toString(), Map.of(), Trigger.command(), false, false, 4);
                exit = Math.max(exit, application.run(job, new CommonOptions(), format));
            }
            exit = Math.max(exit, new TestCommand(application).of(List.of(runbook)));
            TrainingCapture.write(capture);
            CaptureCommand analysis = new CaptureCommand(application);
            for (CaptureCommand.Format format : CaptureCommand.Format.values()) {
                exit = Math.max(exit, analysis.analyse(capture.toString(), format));
            }
            if (application.fullScreen().isPresent()) {
                application.fullScreen().get().train(application);
            }
            return exit;
        } finally {
            Files.deleteIfExists(capture);
            Files.delete(one);
            Files.delete(cases);
            Files.delete(runbook);
            Files.delete(folder);
        }
    }
}
