package dev.whydunit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code whydunit demo} as a user starts it: a process of its own, all of it real. */
@Tag("alone")
class DemoIT {
    private static final String MAIN = "dev.whydunit.app.Main";
    private static final int LIMIT_SECONDS = 180;

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeftRunningInTheDemosFolder() {
        assertThat(ProcessHandle.allProcesses()
                        .filter(this::startedByTheDemo)
                        .map(process -> process.info().commandLine()))
                .isEmpty();
    }

    private boolean startedByTheDemo(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .startsWith(folder);
        } catch (IOException e) {
            // Not ours to look at, or gone.
            return false;
        }
    }

    @ParameterizedTest(name = "{0} ends at {1}")
    @CsvSource({
        "slow_query, slow_query|new_release",
        "lock_wait, lock_wait",
        "pool_exhausted, pool_exhausted",
        "cpu_hog, overload",
        "error_burst, dependency"
    })
    void theVerdictNamesTheFault(String fault, String ends) throws Exception {
        JsonNode summary = demo(fault);
        assertThat(summary.at("/verdict/status").asString())
                .as("%s", summary.path("belief"))
                .isIn("concluded", "narrowed");
        List<String> path = new ArrayList<>();
        summary.at("/verdict/path").forEach(node -> path.add(node.asString()));
        assertThat(path.getLast()).isIn((Object[]) ends.split("\\|"));
        assertThat(summary.at("/verdict/remedy").asString()).isNotEmpty();
        assertThat(summary.at("/trigger/kind").asString()).isEqualTo("alert");
    }

    @ParameterizedTest(name = "{0} has no symptom")
    @CsvSource({"none"})
    void aFalseAlertHasNoSymptom(String fault) throws Exception {
        assertThat(demo(fault).at("/verdict/status").asString()).isEqualTo("symptom_absent");
    }

    private JsonNode demo(String fault) throws IOException, InterruptedException {
        Path output = folder.resolve("out.json");
        Path progress = folder.resolve("progress.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "demo",
                "--fault",
                fault,
                "-o",
                "json");
        builder.environment().put("WHYDUNIT_STATE", folder.resolve("state").toString());
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(progress.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("it ends by itself; so far: %s", Files.readString(progress))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(progress)).isZero();
        return JsonMapper.shared().readTree(Files.readString(output));
    }
}
