package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorTest {
    @TempDir
    Path folder;

    private JsonNode checks(Program.Ran ran) {
        return new JsonMapper().readTree(ran.out());
    }

    private static String status(JsonNode report, String name) {
        return report.path("checks")
                .valueStream()
                .filter(check -> check.path("name").asString().equals(name))
                .map(check -> check.path("status").asString())
                .findFirst()
                .orElse("none");
    }

    @Test
    void aPlainMachineHasNoProblem() {
        Program.Ran ran = new Program(folder).run("doctor");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("ok       jdk: Java 25").contains("ok       state: ");
    }

    @Test
    void whatWillNotWorkIsAProblemWithWhatToDo() throws Exception {
        Files.writeString(folder.resolve("whydunit.yaml"), """
                receivers:
                  open: {kind: generic, auth: none}
                  am: {kind: alertmanager, auth: {bearer: 'env:NOT_THERE'}}
                sources:
                  prom: {kind: prometheus, url: 'http://127.0.0.1:1'}
                database: {url: 'jdbc:postgresql://127.0.0.1:1/none', user: u, password: 'file:pw'}
                tls: {certificate: none.crt, key: none.key}
                """);
        Files.writeString(folder.resolve("pw"), "database's password");
        Files.setPosixFilePermissions(folder.resolve("pw"), PosixFilePermissions.fromString("rw-r--r--"));
        Program.Ran ran = new Program(folder).run("doctor", "-o", "json");
        assertThat(ran.exit()).isEqualTo(1);
        JsonNode report = checks(ran);
        assertThat(status(report, "receiver open")).isEqualTo("warning");
        assertThat(status(report, "receiver am")).isEqualTo("ok");
        assertThat(status(report, "secret env:NOT_THERE")).isEqualTo("problem");
        assertThat(status(report, "secret file:pw")).isEqualTo("warning");
        assertThat(status(report, "source prom")).isEqualTo("problem");
        assertThat(status(report, "database")).isEqualTo("problem");
        assertThat(status(report, "tls")).isEqualTo("problem");
        assertThat(report.path("checks").valueStream())
                .filteredOn(check -> check.path("status").asString().equals("problem"))
                .allMatch(check -> check.path("help").asString("").length() > 3);
        assertThat(ran.out()).doesNotContain("database's password");
    }

    @Test
    void theJournalThatOthersMayReadIsAWarning() throws Exception {
        Files.createDirectories(folder.resolve("state"));
        Files.setPosixFilePermissions(folder.resolve("state"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(status(checks(new Program(folder).run("doctor", "-o", "json")), "state"))
                .isEqualTo("warning");
    }

    @Test
    void eachValueOfTheConfigurationSaysWhereItIsFrom() throws Exception {
        Path file = Files.writeString(folder.resolve("whydunit.yaml"), """
                sources:
                  prom: {kind: prometheus, url: 'http://127.0.0.1:9090'}
                receivers:
                  am: {kind: alertmanager, auth: {bearer: 'env:AM_TOKEN'}}
                environments:
                  staging:
                    sources:
                      prom: {url: 'http://127.0.0.1:9191'}
                """);
        Program.Ran ran = new Program(folder)
                .with("AM_TOKEN", "not to be shown")
                .run("config", "view", "--show-origin", "-e", "staging");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("sources.prom.url: http://127.0.0.1:9191 +# " + file + ":8")
                .containsPattern("sources.prom.kind: prometheus +# " + file + ":2")
                .containsPattern("receivers.am.auth.bearer: env:AM_TOKEN +# " + file + ":4")
                .containsPattern("environment: staging +# --env")
                .containsPattern("state: .*# env WHYDUNIT_STATE")
                .doesNotContain("not to be shown");
    }
}
