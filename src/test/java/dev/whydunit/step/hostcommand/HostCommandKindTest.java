package dev.whydunit.step.hostcommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.step.TestStepContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCommandKindTest {
    /** A time to sleep that no other process of this machine was given: how its processes are told from others. */
    private static final String SECONDS =
            Long.toString(100_000 + ProcessHandle.current().pid());

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final HostCommandKind kind = new HostCommandKind();

    @Test
    void aCommandsOutputAndExitCodeAreItsResult() throws Exception {
        HostCommandResult result = seen(run("sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result.lines()).containsExactly("out");
        assertThat(result.seconds()).isPositive();
    }

    @Test
    void aSignalsNumberIsInTheExitCode() throws Exception {
        assertThat(seen(run("sh", "-c", "kill -9 $$")).exitCode()).isEqualTo(137);
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        List<String> hostile = List.of("a b", "$(touch x)", "`id`", "'\"", "\n", "*", "--help", "é漢\u202e", "");
        List<String> argv = new java.util.ArrayList<>(List.of("printf", "%s\\n-\\n"));
        argv.addAll(hostile);

        assertThat(seen(run(argv.toArray(String[]::new))).stdout()).isEqualTo(String.join("\n-\n", hostile) + "\n-\n");
    }

    @Test
    void aNulInAnArgumentOrAVariableIsRefused() throws Exception {
        assertThat(unseen(run("echo", "a\0b")).why()).contains("NUL");
        assertThat(unseen(script("true", Map.of("A", "a\0b"))).why()).contains("NUL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch canary)", "`touch canary`", "'; touch canary; '", "\"; touch canary; \"", "\ntouch canary\n",
                "| touch canary", "&& touch canary", "-e touch canary", "--x\n;touch canary", "${IFS}touch${IFS}canary",
                "${{ inputs.x }}", "() { :; }; touch canary", "*", "＄(touch canary)", "a\\"
            })
    void aHostileValueInAVariableStaysText(String value) throws Exception {
        HostCommandResult result = seen(script("printf %s \"$VALUE\"", Map.of("VALUE", value)));

        assertThat(result.stdout()).isEqualTo(value);
        assertThat(folder.resolve("canary")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LD_PRELOAD", "BASH_ENV", "A=B", "", "BASH_FUNC_ls%%", "a b"})
    void aVariableThatWouldRunSomethingIsRefused(String name) throws Exception {
        assertThat(unseen(script("true", Map.of(name, "x"))).cause()).isEqualTo(Cause.FAILED);
    }

    @Test
    void theChildSeesNothingOfOurEnvironment() throws Exception {
        assertThat(seen(run("env")).lines())
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .containsExactlyInAnyOrder("PATH", "HOME", "LANG", "TZ", "WHYDUNIT_STEP");
    }

    @Test
    void theChildHasNothingOpenButItsThreeStreams() throws Exception {
        try (var open = Files.newBufferedReader(Files.writeString(folder.resolve("secret"), "x"))) {
            assertThat(open.ready()).isTrue();
            // The shell's own descriptor of the listing is the fourth.
            assertThat(seen(script("ls -l /proc/$$/fd", Map.of())).stdout()).doesNotContain("secret");
        }
    }

    @Test
    void aScriptEndsAtItsFirstFailureAndAtAnUnsetVariable() throws Exception {
        assertThat(seen(script("echo a\nfalse\necho b", Map.of())).lines()).containsExactly("a");
        assertThat(seen(script("echo \"$NOT_SET\"", Map.of())).exitCode()).isNotZero();
    }

    @Test
    void aScriptMayReadStandardInputBesides() throws Exception {
        HostCommandParameters parameters = new HostCommandParameters(
                List.of(),
                Optional.of("read a\necho \"<$a>\""),
                Optional.of("line\n"),
                Map.of(),
                Optional.empty(),
                Optional.empty());

        assertThat(seen(kind.observe(parameters, TestStepContext.in(folder, LONG)))
                        .stdout())
                .isEqualTo("<line>\n");
    }

    @Test
    void aScriptLeavesNoFileBehind() throws Exception {
        String name = seen(script("echo \"$0\"", Map.of())).lines().getFirst();

        assertThat(name).contains("whydunit-");
        assertThat(Path.of(name)).doesNotExist();
    }

    @Test
    void aScriptThatCallsAMissingProgramHasSeenNothing() throws Exception {
        Unseen unseen = unseen(script("no-such-program-here", Map.of()));

        assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
        assertThat(unseen.why()).contains("no-such-program-here");
    }

    @Test
    void aScriptMaySayThatItCannotLookHere() throws Exception {
        assertThat(unseen(script("echo none of this here >&2; exit 77", Map.of()))
                        .why())
                .isEqualTo("none of this here");
    }

    @Test
    void inputLargerThanAPipeIsFed() throws Exception {
        String megabytes = "0123456789abcde\n".repeat(200_000);
        HostCommandResult result = seen(withStdin(megabytes, "wc", "-c"));

        assertThat(result.stdout().strip()).isEqualTo("3200000");
    }

    @Test
    void aCommandThatDoesNotReadItsInputIsNoFailure() throws Exception {
        assertThat(seen(withStdin("x".repeat(1_000_000), "true")).exitCode()).isZero();
    }

    @Test
    void aCommandThatClosesItsOutputRunsOn() throws Exception {
        HostCommandResult result = seen(run("sh", "-c", "echo a; exec >&- 2>&-; exit 4"));

        assertThat(result.stdout()).isEqualTo("a\n");
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void aFloodOfOutputIsCutInTheMiddleAndCounted() throws Exception {
        HostCommandKind small = new HostCommandKind(1000);
        Seen seen = (Seen) small.observe(
                parameters("sh", "-c", "echo first; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo last"),
                TestStepContext.in(folder, LONG));
        HostCommandResult result = (HostCommandResult) seen.result();

        assertThat(result.stdout())
                .startsWith("first\nxxx")
                .endsWith("xxx\nlast\n")
                .contains("bytes left out");
        assertThat(result.stdout().length()).isLessThan(1100);
        assertThat(seen.caveats()).containsExactly("The middle of standard output was left out: 2999012 bytes.");
    }

    @Test
    void theTimeLimitHoldsForGrandchildrenThatKeepTheOutputOpen() throws Exception {
        Unseen unseen = unseen(kind.observe(
                parameters("sh", "-c", "echo hi; sleep " + SECONDS),
                TestStepContext.in(folder, Duration.ofMillis(300))));

        assertThat(unseen.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(unseen.why()).containsPattern("did not end within \\d+ ms").contains("it last said: hi");
        assertNoneRuns(SECONDS);
    }

    @Test
    void theTimeLimitHoldsForProcessesThatMadeThemselvesIndependent() throws Exception {
        Unseen unseen = unseen(kind.observe(
                parameters(
                        "sh",
                        "-c",
                        "(setsid sh -c 'trap \"\" TERM; sleep " + SECONDS + "; sleep " + SECONDS + "' &) ; sleep "
                                + SECONDS),
                TestStepContext.in(folder, Duration.ofMillis(500))));

        assertThat(unseen.cause()).isEqualTo(Cause.TIMED_OUT);
        assertNoneRuns(SECONDS);
    }

    @Test
    void whatACommandLeavesBehindIsEndedAndSaid() throws Exception {
        Seen seen = (Seen) run("sh", "-c", "echo started; sleep " + SECONDS + " &");

        assertThat(((HostCommandResult) seen.result()).stdout()).isEqualTo("started\n");
        assertThat(seen.caveats()).singleElement().asString().contains("left processes behind");
        assertNoneRuns(SECONDS);
    }

    @Test
    void anInterruptEndsTheWholeTree() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                kind.observe(
                        parameters("sh", "-c", "sleep " + SECONDS + "; sleep " + SECONDS),
                        TestStepContext.in(folder, LONG));
                thrown.complete(new AssertionError("it ended by itself"));
            } catch (Exception e) {
                thrown.complete(e);
            }
        });
        await().until(() -> running(SECONDS));
        thread.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertNoneRuns(SECONDS);
    }

    @Test
    void aMissingProgramOrFolderIsSaidWithWhatToDo() throws Exception {
        assertThat(unseen(run("no-such-program-here")))
                .extracting(Unseen::cause, Unseen::why)
                .containsExactly(Cause.FAILED, "no such program on this machine: no-such-program-here");
        HostCommandParameters elsewhere = new HostCommandParameters(
                List.of("true"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of("nowhere"),
                Optional.empty());
        assertThat(unseen(kind.observe(elsewhere, TestStepContext.in(folder, LONG)))
                        .why())
                .isEqualTo("no such folder to run in: " + folder.resolve("nowhere"));
    }

    @Test
    void aFileThatIsNoProgramIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("tool"), "#!/no/such/interpreter\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> run("./tool")))
                .hasMessageContaining("interpreter");
    }

    @Test
    void neitherOrBothOfRunAndScriptIsAMistake() throws Exception {
        assertThat(unseen(run()).why()).contains("exactly one of run and script");
    }

    @Test
    void theRenderedCommandCanBePastedIntoAShell() throws Exception {
        HostCommandParameters parameters = new HostCommandParameters(
                List.of("printf", "%s|", "it's", "$HOME"),
                Optional.empty(),
                Optional.empty(),
                Map.of("A", "x y"),
                Optional.empty(),
                Optional.empty());

        assertThat(kind.rendered(parameters)).isEqualTo("A='x y' printf '%s|' 'it'\\''s' '$HOME'");
        assertThat(seen(run("sh", "-c", kind.rendered(parameters))).stdout()).isEqualTo("it's|$HOME|");
    }

    private Observation run(String... argv) throws Exception {
        return kind.observe(parameters(argv), TestStepContext.in(folder, LONG));
    }

    private Observation script(String text, Map<String, String> env) throws Exception {
        return kind.observe(
                new HostCommandParameters(
                        List.of(), Optional.of(text), Optional.empty(), env, Optional.empty(), Optional.empty()),
                TestStepContext.in(folder, LONG));
    }

    private Observation withStdin(String input, String... argv) throws Exception {
        return kind.observe(
                new HostCommandParameters(
                        List.of(argv),
                        Optional.empty(),
                        Optional.of(input),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()),
                TestStepContext.in(folder, LONG));
    }

    private static HostCommandParameters parameters(String... argv) {
        return new HostCommandParameters(
                List.of(argv), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    private static HostCommandResult seen(Observation observation) {
        assertThat(observation).isInstanceOf(Seen.class);
        return (HostCommandResult) ((Seen) observation).result();
    }

    private static Unseen unseen(Observation observation) {
        assertThat(observation).isInstanceOf(Unseen.class);
        return (Unseen) observation;
    }

    private static boolean running(String argument) {
        return ProcessHandle.allProcesses()
                .anyMatch(p -> p.info().arguments().stream()
                        .flatMap(java.util.Arrays::stream)
                        .anyMatch(argument::equals));
    }

    private static void assertNoneRuns(String argument) {
        // A killed process is gone a moment after the signal.
        await("no process with the argument " + argument + " runs").until(() -> !running(argument));
    }
}
