package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TestCommandTest {
    private static final String RUNBOOK = """
            runbook: greeting
            title: Does the machine answer?
            hypotheses:
              mute: {claim: It cannot speak}
              deaf: {claim: It cannot hear}
            steps:
              speak:
                host_command: {run: [echo, hello]}
                findings:
                  silent: {when: stdout == "", says: It said nothing, supports: {mute: conclusive}, if_false: ignore}
            """;

    private static final String SILENT = """
            case: It says nothing
            observations:
              speak: {result: {stdout: ''}, took: 5ms}
            expect:
              verdict: concluded
              path: mute
            """;

    @TempDir
    Path folder;

    private Program program = new Program(Path.of(""));

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(folder);
        Files.createDirectories(folder.resolve("greeting.cases"));
        Files.writeString(folder.resolve("greeting.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("greeting.cases/silent.yaml"), SILENT);
    }

    private void failing() throws IOException {
        Files.writeString(folder.resolve("greeting.cases/silent.yaml"), SILENT.replace("path: mute", "path: deaf"));
    }

    @Test
    void casesThatPassExitWithZero() {
        Ran ran = program.run("runbook", "test", "greeting.yaml");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("greeting (greeting.yaml)")
                .contains("✓ silent")
                .contains("concluded mute")
                .contains("1 case of 1 runbook: 1 passed");
    }

    @Test
    void aCaseThatFailsIsShownWithACaretAndWhyAndExitsWithOne() throws IOException {
        failing();

        Ran ran = program.run("runbook", "test", "greeting.yaml");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("""
                greeting.cases/silent.yaml:6:9: expected the cause deaf, got concluded: mute (0.9983) [E750]
                  |
                6 |   path: deaf
                  |         ^^^^
                    deaf came to 0.0010
                """).contains("1 case of 1 runbook: 0 passed, 1 failed");
    }

    @Test
    void whatCannotBeReadExitsWithTwo() throws IOException {
        Files.writeString(folder.resolve("greeting.cases/broken.yaml"), "case: x\nobservations: {spek: {error: x}}\n");

        Ran ran = program.run("runbook", "test", "greeting.yaml");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out())
                .contains("greeting.cases/broken.yaml:2:16: runbook 'greeting' has no step 'spek' [E701]")
                .contains("did you mean 'speak'?")
                .contains("1 passed, 1 unreadable");
        assertThat(program.run("runbook", "test", "nothing.yaml").exit()).isEqualTo(2);
    }

    @Test
    void aRunbookWithMistakesExitsWithTwo() throws IOException {
        Files.writeString(folder.resolve("greeting.yaml"), RUNBOOK.replace("stdout ==", "stdot =="));

        Ran ran = program.run("runbook", "test", "greeting.yaml");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).contains("unknown name 'stdot' [E401]");
    }

    @Test
    void oneCaseAFolderOfCasesOrAFolderOfRunbooksCanBeNamed() {
        for (String what : new String[] {"greeting.cases/silent.yaml", "greeting.cases", "."}) {
            assertThat(program.run("runbook", "test", what).out()).as(what).contains("1 case of 1 runbook: 1 passed");
        }
    }

    @Test
    void casesAreNotTakenForRunbooks() {
        assertThat(program.run("runbook", "lint", ".").out()).doesNotContain("silent.yaml");
        assertThat(program.run("runbook", "lint", ".").exit()).isZero();
    }

    @Test
    void jsonIsOneDocument() throws IOException {
        failing();

        JsonNode json = JsonMapper.shared()
                .readTree(program.run("runbook", "test", "greeting.yaml", "--coverage", "--mutation", "-o", "json")
                        .out());

        assertThat(json.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.get("failed").asInt()).isEqualTo(1);
        JsonNode runbook = json.get("runbooks").get(0);
        assertThat(runbook.get("cases")
                        .get(0)
                        .get("failures")
                        .get(0)
                        .get("line")
                        .asInt())
                .isEqualTo(6);
        assertThat(runbook.get("coverage")
                        .get("hypothesesNeverConcluded")
                        .get(0)
                        .asString())
                .isEqualTo("deaf");
        assertThat(runbook.get("mutation").get("percent").asDouble()).isZero();
    }

    @Test
    void junitXmlNamesWhatFailed() throws Exception {
        failing();
        Files.writeString(folder.resolve("greeting.cases/other.yaml"), SILENT.replace("says", "says <&\"'>"));

        program.run("runbook", "test", "greeting.yaml", "--junit", "report.xml");

        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("report.xml").toFile())
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getAttribute("tests")).isEqualTo("2");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        assertThat(root.getElementsByTagName("failure").item(0).getTextContent())
                .contains("silent.yaml:6:9");
    }

    @Test
    void tooLittleCoverageOrTooManyUnnoticedChangesFail() {
        Ran coverage = program.run("runbook", "test", "greeting.yaml", "--min-coverage", "90");
        assertThat(coverage.exit()).isEqualTo(1);
        assertThat(coverage.out())
                .contains("coverage 60.0 % (3 of 5)")
                .contains("hypotheses never concluded: deaf")
                .contains("findings never false: speak.silent");
        assertThat(coverage.err()).contains("coverage of a runbook is less than 90.0 %");
        assertThat(program.run("runbook", "test", "greeting.yaml", "--min-coverage", "60")
                        .exit())
                .isZero();

        Ran mutation = program.run("runbook", "test", "greeting.yaml", "--min-mutation", "100");
        assertThat(mutation.exit()).isZero();
        assertThat(mutation.out()).contains("mutation 100.0 % (3 of 3 changes noticed)");
    }

    @Test
    void aRunbookWithoutCasesSaysHowToGetOne() throws IOException {
        Files.delete(folder.resolve("greeting.cases/silent.yaml"));

        Ran ran = program.run("runbook", "test", "greeting.yaml");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("no cases; write some in greeting.cases").contains("--record FILE");
    }

    @Test
    void watchingRunsAgainWhatWasSaved() throws InterruptedException {
        Program.Live live = program.start("runbook", "test", "greeting.yaml", "--watch");
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> live.err().contains("watching"));
            assertThat(live.out()).contains("1 passed");
            AtomicReference<IOException> broken = new AtomicReference<>();
            // Saved again until it is seen: the folder may be watched a moment after it is said to be.
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                try {
                    failing();
                } catch (IOException e) {
                    broken.set(e);
                }
                return live.out().contains("0 passed, 1 failed");
            });
            assertThat(broken.get()).isNull();
        } finally {
            live.stop();
        }
        assertThat(live.exit()).isEqualTo(1);
    }

    @Test
    void aPlanNamesOrderReasonTargetsAndMissingInputs() throws IOException {
        Files.writeString(folder.resolve("whydunit.yaml"), "services:\n  shop: {hosts: [localhost, far]}\n");
        Files.writeString(folder.resolve("plan.yaml"), """
                runbook: plan
                title: Plan
                inputs: {service: {type: string}, other: {type: string}}
                hypotheses: {a: {claim: A}, b: {claim: B}}
                steps:
                  small:
                    cost: 10s
                    hosts: ${{ service.hosts }}
                    host_command: {run: [uptime]}
                    findings: {f: {when: exit_code == 0, supports: {a: weak}}}
                  large:
                    title: The one that tells
                    approval: true
                    host_command: {run: [echo, '${{ inputs.other }}']}
                    findings: {f: {when: exit_code == 0, supports: {b: strong}}}
                  metrics:
                    if: probability("a") > 0.9
                    metric_check: {query: up}
                """);

        Ran ran = program.run("run", "plan.yaml", "--dry-run", "-i", "service=shop");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .containsSubsequence(
                        " 1. large (host_command, read, needs approval): ",
                        " bits for 1 s",
                        "The one that tells",
                        "known only when it runs: there is no inputs.other",
                        " 2. small (host_command, read): ",
                        " bits for 10 s",
                        "on localhost",
                        "| uptime",
                        "on far, which will not be checked: host far is not this machine",
                        "  - metrics (metric_check, read)",
                        "from no source: none of kind",
                        "only if probability(\"a\") > 0.9",
                        "| up",
                        "3 steps: 2 read, 1 needs approval; 1 input missing: other. Nothing was touched.");
        assertThat(folder.resolve("state")).doesNotExist();
    }
}
