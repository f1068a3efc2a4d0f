package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.cli.Application;
import dev.whydunit.cli.Commands;
import dev.whydunit.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same commands as a client of a real server. */
class RemoteCommandsIT {
    private static final String LOAD = """
            runbook: load
            title: Is it busy?
            symptom: slow
            inputs:
              window: {type: duration, default: 5m}
            hypotheses:
              overload: {claim: No CPU left, prior: common}
              database: {claim: The database answers slowly, prior: common}
            steps:
              load:
                host_command: {run: [echo, busy]}
                findings:
                  busy: {when: 'stdout.contains("busy")', says: 'it is busy', supports: {overload: strong}}
              queue:
                host_command: {run: [echo, long]}
                findings:
                  long: {when: 'stdout.contains("long")', supports: {overload: strong}}
            """;

    @TempDir
    Path folder;

    private RunningServer server;

    private record Ran(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    @BeforeEach
    void serve() throws Exception {
        Files.createDirectories(folder.resolve("runbooks"));
        Files.writeString(folder.resolve("runbooks/load.yaml"), LOAD);
        server = new RunningServer(
                folder, "runbooks: [runbooks]\nreceivers: {open: {kind: generic, auth: none}}\n", Map.of());
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Ran runAs(String token, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                false,
                true,
                80);
        Application application = new Application(
                console,
                Map.of(
                        "WHYDUNIT_STATE",
                        folder.resolve("mine").toString(),
                        "WHYDUNIT_SERVER",
                        "http://127.0.0.1:" + server.port(),
                        "WHYDUNIT_TOKEN",
                        token),
                folder,
                StepKindsForTests::stepKinds,
                StepKindsForTests.sourceKinds());
        int exit = Commands.execute(application, arguments);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ran run(String... arguments) {
        return runAs(RunningServer.ADMIN, arguments);
    }

    @Test
    void whatIsRunThereIsSeenHereStepByStep() {
        Ran ran = run("run", "load", "-i", "window=90s");
        assertThat(ran.err()).contains("load").contains("it is busy");
        assertThat(ran.out()).startsWith("Why: No CPU left (99");

        Ran list = run("investigation", "list", "-o", "json");
        String id = list.json().get("investigations").get(0).get("id").asString();
        assertThat(run("investigation", "show", id.substring(0, id.length() - 1))
                        .out())
                .startsWith("Why: No CPU left");
        assertThat(run("tree").out()).contains("overload");
        assertThat(run("why", "overload").out()).contains("×20");
        assertThat(run("step", "load").out()).contains("echo busy");
        assertThat(folder.resolve("mine")).doesNotExist();
    }

    @Test
    void anAlertThatTheServerCannotReadIsToldByTheExitCode() throws Exception {
        Path good = Files.writeString(folder.resolve("good.json"), "{\"alerts\": [{\"title\": \"a\"}]}");
        Path mixed = Files.writeString(folder.resolve("mixed.json"), "{\"alerts\": [{\"title\": \"b\"}, {}]}");

        assertThat(run("alert", "send", good.toString(), "--receiver", "open").exit())
                .isZero();
        Ran ran = run("alert", "send", mixed.toString(), "--receiver", "open");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.json().get("accepted").asInt()).isEqualTo(1);
        assertThat(ran.err()).contains("refused: identity of alerts[1]: no value by ");
    }

    @Test
    void whatPeopleSayIsKeptThereUnderTheTokensName() {
        run("run", "load");
        assertThat(run("note", "seen it").out()).startsWith("noted in ");
        assertThat(run("confirm", "database", "--because", "it was").out()).contains("confirmed database");
        Ran out = run("rule-out", "overload", "--because", "idle", "-o", "json");
        assertThat(out.json().get("verdict").get("status").asString()).isEqualTo("inconclusive");
        JsonNode people = out.json().get("people");
        assertThat(people.size()).isEqualTo(3);
        assertThat(people.get(0).get("by").asString()).isEqualTo("WHYDUNIT_ADMIN_TOKEN");
        assertThat(people.get(2).get("act").asString()).isEqualTo("ruled_out");
        Ran again = run("redo", "load", "-o", "json");
        assertThat(again.json().get("people").size()).isEqualTo(4);
        assertThat(again.json().get("inputs").get("window").asDouble()).isEqualTo(300);
        assertThat(again.json().get("belief").get("overload").asDouble())
                .as("what was ruled out stays so")
                .isLessThan(0.5);
    }

    @Test
    void whatIsWrongIsSaidInALine() {
        run("run", "load");
        assertThat(runAs("someone else's", "investigation", "list").err())
                .contains("does not know the token")
                .contains("WHYDUNIT_TOKEN");
        assertThat(run("run", "lode").err()).contains("there is no runbook lode");
        assertThat(run("rule-out", "overlod", "--because", "x").err()).contains("did you mean 'overload'");
        Ran nowhere = run("investigation", "list", "--server", "http://127.0.0.1:1");
        assertThat(nowhere.err()).contains("cannot be asked").contains("is it running");
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(run("investigation", "list", "--server", "ftp:/x").err()).contains("is no address of a server");
    }
}
