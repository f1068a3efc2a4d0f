package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ctrl-C during a run, on the packaged program in a process of its own. */
@Tag("alone")
class InterruptIT {
    private static final String RUNBOOK = """
            runbook: waits
            title: Waits
            symptom: it waits
            hypotheses: {quick: {claim: It is quick}, slow: {claim: It is slow}}
            steps:
              at_once:
                host_command: {run: [echo, hello]}
                findings: {said: {when: 'stdout.contains("hello")', says: it spoke, supports: {slow: strong}}}
              for_long:
                needs: [at_once]
                timeout: 5m
                host_command: {script: 'sleep 4321 & sleep 4321; sleep 4321'}
                findings: {came: {when: exit_code == 0, supports: {quick: strong}}}
            """;

    @TempDir
    Path folder;

    @Test
    void endsTheStepsKeepsWhatWasSeenAndPrintsTheSummarySoFar() throws Exception {
        Path runbook = Files.writeString(folder.resolve("waits.yaml"), RUNBOOK);
        Process program = start("run", runbook.toString(), "-o", "json");
        await().atMost(Duration.ofSeconds(60)).until(() -> sleepers(program).size() >= 2);
        List<ProcessHandle> started = sleepers(program);

        new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start().waitFor();
        String out = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(130);
        JsonNode summary = JsonMapper.shared().readTree(out);
        assertThat(summary.get("ending").asString()).isEqualTo("interrupted");
        assertThat(summary.get("evidence").get(0).get("says").asString()).isEqualTo("it spoke");
        assertThat(summary.get("notChecked").get(0).get("step").asString()).isEqualTo("for_long");
        await().until(() -> started.stream().noneMatch(ProcessHandle::isAlive));

        Process list = start("investigation", "timeline", "latest");
        String timeline = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(timeline).contains("finding at_once.said is true").contains("ended: interrupted");
    }

    private static List<ProcessHandle> sleepers(Process program) {
        return program.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("sleep"))
                .toList();
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("whydunit.app"), "whydunit.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("WHYDUNIT_STATE", folder.resolve("state").toString());
        builder.redirectError(folder.resolve("stderr").toFile());
        return builder.start();
    }
}
