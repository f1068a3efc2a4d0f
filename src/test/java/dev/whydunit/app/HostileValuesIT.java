package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shipped runbooks with hostile values in every input and every field of the alert, against sources that answer. A canary
 * file that any of the values would make, were it ever read as a command, must not appear.
 */
class HostileValuesIT {
    /** How long the shipped runbooks look: not long, here. */
    private static final Map<String, String> SHORT =
            Map.of("window", "1m", "capture", "500ms", "duration", "500ms", "log_window", "1m");

    @TempDir
    Path folder;

    private Path canary;
    private Connection database;

    @BeforeEach
    void sources() throws Exception {
        canary = folder.resolve("canary");
        String url = "jdbc:h2:file:" + folder.resolve("db") + ";MODE=PostgreSQL";
        database = DriverManager.getConnection(url, "sa", "");
        try (Statement statement = database.createStatement()) {
            statement.execute("create table victim (id int primary key)");
        }
        database.close();
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(
                folder.resolve("logs/shop.json"),
                "{\"@timestamp\":\"" + Instant.now() + "\",\"log.level\":\"ERROR\",\"service.name\":\"$(touch " + canary
                        + ")\",\"message\":\"duration statement `touch " + canary + "` ${{ inputs.service }}\"}\n");
        Files.writeString(folder.resolve("whydunit.yaml"), """
                sources:
                  logs:    {kind: files, paths: ['logs/*.json']}
                  machine: {kind: host, for: 200ms, every: 100ms}
                  db:      {kind: jdbc, url: '%s', user: sa}
                services:
                  'shop': {hosts: [localhost]}
                """.formatted(url));
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    static Stream<String> values() {
        return Stream.of(
                "$(touch CANARY)",
                "`touch CANARY`",
                "; touch CANARY ;",
                "| touch CANARY",
                "&& touch CANARY",
                "\ntouch CANARY\n",
                "' ; touch CANARY ; '",
                "\" ; touch CANARY ; \"",
                "--output=CANARY",
                "-oCANARY",
                "${{ 7 * 7 }}",
                "{{ 7 * 7 }} #{7*7} ${7*7}",
                "\" OR 1=1 OR \"",
                "'; drop table victim; --",
                "\"} or vector(1) or up{a=\"",
                "../../../../../../../tmp/CANARY",
                "ｔｏｕｃｈ CANARY \u2028 \u202e",
                "a\u0000; touch CANARY",
                "＄(touch CANARY) ＇；touch CANARY；＇ –-output=CANARY <(touch CANARY) $'\\x24(touch CANARY)' \r\ntouch CANARY\r\n",
                "-exec touch CANARY ; --checkpoint-action=exec=touch CANARY @CANARY * ~ \u001b]0;touch CANARY\u0007",
                "a".repeat(4_000),
                "http://169.254.169.254/latest/meta-data/");
    }

    private static List<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            List<String> ids = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
            assertThat(ids).contains("network_path", "slow_host", "triage", "web_slowdown");
            return ids;
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void noValueOfAnAlertOrAnInputIsEverRunOrEvaluated(String template) throws IOException {
        String value = template.replace("CANARY", canary.toString());
        for (String runbook : shipped()) {
            Files.writeString(folder.resolve("alert.json"), alert(value));
            // A capture is of an interface or of a file.
            noneIsRunOrEvaluated(template, value, runbook, "file");
            if (runbook.equals("network_path")) {
                noneIsRunOrEvaluated(template, value, runbook, "interface");
            }
        }
        assertThat(tables()).contains("VICTIM");
    }

    private void noneIsRunOrEvaluated(String template, String value, String runbook, String leftOut)
            throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("run", runbook, "--alert", "alert.json", "--no-input", "-o", "json", "--parallel", "8"));
        JsonNode inputs = JsonMapper.shared()
                .readTree(new Program(folder)
                        .run("runbook", "show", runbook, "-o", "json")
                        .out())
                .path("inputs");
        assertThat(inputs.isEmpty()).isFalse();
        for (JsonNode input : inputs) {
            String name = input.path("id").asString();
            boolean time = input.path("type").asString().equals("duration");
            if (!time && !name.equals(leftOut)) {
                arguments.addAll(List.of("-i", name + "=" + value));
            } else if (SHORT.containsKey(name)) {
                arguments.addAll(List.of("-i", name + "=" + SHORT.get(name)));
            }
        }

        Ran ran = new Program(folder).run(arguments.toArray(String[]::new));

        assertThat(canary).as(runbook + " with " + template).doesNotExist();
        assertThat(ran.exit()).as(ran.err()).isZero();
        JsonNode summary = JsonMapper.shared().readTree(ran.out());
        assertThat(summary.get("trigger")
                        .get("alert")
                        .get("labels")
                        .get("service")
                        .asString())
                .isEqualTo(value);
        if (runbook.equals("web_slowdown")) {
            assertThat(summary.get("inputs").get("service").asString()).isEqualTo(value);
        }
        assertThat(ran.err())
                .doesNotContain("internal error")
                .doesNotContain("\u202e")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueThatIsNoDurationIsRefusedWithAMessage(String template) {
        String value = template.replace("CANARY", canary.toString());

        Ran ran = new Program(folder).run("run", "web_slowdown", "-i", "service=shop", "-i", "objective=" + value);

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("objective");
        assertThat(canary).doesNotExist();
    }

    private List<String> tables() {
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("db"), "sa", "");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select upper(table_name) from information_schema.tables")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    private static String alert(String value) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("status", "firing");
        alert.put(
                "labels",
                Map.of("alertname", value, "service", value, "severity", value, "instance", value, "job", value));
        alert.put("annotations", Map.of("summary", value, "runbook_url", value, "description", value));
        alert.put("startsAt", "2026-01-02T03:04:05Z");
        alert.put("endsAt", "0001-01-01T00:00:00Z");
        alert.put("generatorURL", value);
        alert.put("fingerprint", "00aa");
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "version",
                        "4",
                        "groupKey",
                        value,
                        "status",
                        "firing",
                        "receiver",
                        "w",
                        "alerts",
                        List.of(alert)));
    }
}
