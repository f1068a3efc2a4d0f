package dev.whydunit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.testing.Children;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each fault does to the shop what its name says, seen from outside: through metrics, logs, database and host. */
@Tag("alone")
class DemoFaultsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private Demo demo;

    @AfterEach
    void nothingIsLeftRunning() {
        if (demo != null) {
            List<ProcessHandle> children = Children.running("dev.whydunit.demo.");
            demo.close();
            assertThat(children).isNotEmpty();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void withoutAFaultTheShopAnswersFastAndTheAlertFiresAllTheSame() throws Exception {
        start(DemoFault.NONE);
        assertThat(demo.alert()).isNotEmpty();
        assertThat(sum("http_requests_total", "status=\"200\"")).isGreaterThan(20);
        assertThat(sum("http_requests_total", "status=\"5")).isZero();
        assertThat(sum("hikaricp_connections_max", "")).isEqualTo(8);
        assertThat(sum("http_request_duration_seconds_bucket", "le=\"0.2\""))
                .isGreaterThan(0.9 * sum("http_request_duration_seconds_count", ""));
        assertThat(logs())
                .allSatisfy(line -> assertThat(line.propertyNames())
                        .contains("@timestamp", "log.level", "message", "service.name"));
        assertThat(messages()).contains("release 1.3.0 started", "POST /checkout 200");
    }

    @Test
    void aSlowQueryIsLoggedAsSlowFromTheReleaseOn() throws Exception {
        start(DemoFault.SLOW_QUERY);
        List<String> messages = messages();
        int release = messages.indexOf("release 1.4.0 started");
        assertThat(release).isPositive();
        assertThat(messages.subList(0, release)).noneMatch(message -> message.contains("as mentions"));
        assertThat(messages.subList(release, messages.size()))
                .anyMatch(
                        message -> message.startsWith("slow statement: duration: ") && message.contains("as mentions"));
    }

    @Test
    void aLockWaitShowsAsSessionsThatWaitForOneThatIsIdleInItsTransaction() throws Exception {
        start(DemoFault.LOCK_WAIT);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                number(
                                        "select count(*) from pg_stat_activity where state = 'active' and wait_event_type = 'Lock'"))
                        .isGreaterThanOrEqualTo(3));
        assertThat(
                        text(
                                "select distinct b.state from pg_stat_activity w join pg_stat_activity b on b.pid = any(pg_blocking_pids(w.pid))"))
                .isEqualTo("idle in transaction");
    }

    @Test
    void anExhaustedPoolShowsAsWaitingRequestsWhileTheDatabaseHasNothingToDo() throws Exception {
        start(DemoFault.POOL_EXHAUSTED);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(sum("hikaricp_connections_active", "")).isEqualTo(8);
            assertThat(sum("hikaricp_connections_pending", "")).isPositive();
            assertThat(sum("hikaricp_connections_timeout_total", "")).isPositive();
        });
        assertThat(number("select count(*) from pg_stat_activity where state = 'idle in transaction'"))
                .isGreaterThanOrEqualTo(6);
        assertThat(number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"))
                .isZero();
        assertThat(messages())
                .anyMatch(
                        message -> message.matches(
                                "HikariPool-1 - Connection is not available, request timed out after \\d+ms \\(total=8, active=8, .*"));
    }

    @Test
    void aStoppedDependencyShowsAsRefusedConnections() throws Exception {
        start(DemoFault.ERROR_BURST);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sum("http_requests_total", "path=\"/checkout\",status=\"502\""))
                        .isPositive());
        assertThat(logs()).anySatisfy(line -> {
            assertThat(line.path("error.type").asString()).isEqualTo("java.net.ConnectException");
            assertThat(line.path("message").asString()).contains("Connection refused");
        });
    }

    @Test
    void aHogLeavesMoreThreadsRunnableThanTheHostHasProcessors() throws Exception {
        start(DemoFault.CPU_HOG);
        int processors = Runtime.getRuntime().availableProcessors();
        await().atMost(SOON).untilAsserted(() -> {
            String running = Files.readString(Path.of("/proc/loadavg")).split("[ /]")[3];
            assertThat(Integer.parseInt(running)).isGreaterThan(3 * processors);
        });
    }

    private void start(DemoFault fault) throws IOException, InterruptedException {
        demo = Demo.start(fault, folder, progress::add, Duration.ofSeconds(2));
        assertThat(progress.getLast()).startsWith("alert HighLatency fires");
    }

    private String setting(String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(demo.configuration()));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private double sum(String name, String label) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = URI.create(setting("kind: scrape, url: '([^']+)'"));
            String text = client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            assertThat(text.lines())
                    .allMatch(line -> line.matches("# (HELP|TYPE) \\S+ .+|[a-z_0-9]+\\{[^}]*\\} [0-9.E-]+"));
            return text.lines()
                    .filter(line -> line.startsWith(name + "{") && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    private List<JsonNode> logs() throws IOException {
        String text = Files.readString(folder.resolve("logs").resolve("shop.json"));
        // The last line may still be on its way.
        return text.substring(0, text.lastIndexOf('\n'))
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private List<String> messages() throws IOException {
        return logs().stream().map(line -> line.path("message").asString()).toList();
    }

    private long number(String query) throws IOException, SQLException {
        return Long.parseLong(text(query));
    }

    private String text(String query) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(
                        setting("kind: jdbc, url: '([^']+)'"),
                        "monitor",
                        Files.readString(folder.resolve("secrets").resolve("shop_db"))
                                .strip());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
