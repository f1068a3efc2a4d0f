package dev.whydunit.source.elasticsearch;

import static dev.whydunit.source.files.LogFolder.NOON;
import static dev.whydunit.source.files.LogFolder.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whydunit.source.files.LogFolder;
import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogEvent;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSlice;
import dev.whydunit.source.log.LogSlice.ValueCount;
import dev.whydunit.source.log.LogSource;
import dev.whydunit.source.log.LogUnreadable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same events in a real server and in a file give the same answers to the same questions. */
@ParameterizedClass(name = "Elasticsearch {0}x")
@ValueSource(strings = {"9.", "8."})
class ElasticsearchIT {
    private static final String MAPPING = """
            {"settings": {"number_of_replicas": 0},
             "mappings": {"properties": {
               "@timestamp": {"type": "date"}, "message": {"type": "text"},
               "log": {"properties": {"level": {"type": "keyword"}}},
               "service": {"properties": {"name": {"type": "keyword"}}},
               "error": {"properties": {"message": {"type": "text"}}},
               "http": {"properties": {"response": {"properties": {"status_code": {"type": "long"}}}}},
               "event": {"properties": {"duration": {"type": "double"}}},
               "source": {"properties": {"ip": {"type": "ip"}}},
               "tags": {"type": "keyword"}, "ok": {"type": "boolean"}}}}
            """;

    @TempDir
    static Path folder;

    private static final List<String> EVENTS = events();

    @Parameter
    String version;

    @BeforeAll
    static void write() throws Exception {
        Files.write(folder.resolve("app.log"), EVENTS);
    }

    private static List<String> events() {
        Random random = new Random(7);
        List<String> texts = List.of(
                "Connection to 10.0.0.%d:5432 refused: the pool is exhausted (HikariPool-1)",
                "GET /cart/%d took 812 ms",
                "User bob-%d logged in from web_1",
                "Timeout after %d seconds; retrying the pool",
                "disk 93%% full on /dev/sda%d");
        List<String> levels = List.of("ERROR", "WARN", "INFO", "error");
        List<String> services = List.of("shop", "shop web", "cart-service");
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Instant at = NOON.minusMillis(random.nextInt(35 * 60_000) - 60_000);
            int text = random.nextInt(texts.size());
            StringBuilder event = new StringBuilder("{\"@timestamp\":\"" + at + "\",\"message\":\""
                    + texts.get(text).formatted(i % 9) + "\",\"log\":{\"level\":\"" + levels.get(random.nextInt(4))
                    + "\"},\"service.name\":\"" + services.get(random.nextInt(3)) + "\"");
            if (text == 1) {
                event.append(",\"http\":{\"response\":{\"status_code\":"
                        + (200 + 100 * random.nextInt(4) + random.nextInt(5))
                        + "}},\"event.duration\":" + random.nextInt(4000) / 1000.0 + ",\"source\":{\"ip\":\"10."
                        + random.nextInt(3) + ".0.1\"}");
            }
            if (random.nextInt(3) == 0) {
                event.append(",\"tags\":[\"blue\",\"canary\"],\"ok\":" + random.nextBoolean());
            }
            if (random.nextInt(5) == 0) {
                event.append(",\"error\":{\"message\":\"Pool Exhausted: no connection\"}");
            }
            events.add(event.append("}").toString());
        }
        return events;
    }

    private ElasticsearchServer server() {
        return ElasticsearchServer.of(version);
    }

    private static void fill(ElasticsearchServer server, String index, Optional<String> mapping, List<String> events)
            throws Exception {
        mapping.ifPresent(body -> {
            try {
                server.send("PUT", "/" + index, body);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        StringBuilder bulk = new StringBuilder();
        events.forEach(event -> bulk.append("{\"index\":{}}\n").append(event).append('\n'));
        server.send("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
    }

    private static final java.util.Set<String> FILLED = new java.util.HashSet<>();

    private LogSource elasticsearch() throws Exception {
        if (FILLED.add(version)) {
            fill(server(), "logs-shop", Optional.of(MAPPING), EVENTS);
        }
        return open("logs-*", Map.of());
    }

    private LogSource open(String index, Map<String, String> fields) {
        ElasticsearchSettings settings = new ElasticsearchSettings(
                server().url(),
                index,
                "@timestamp",
                "message",
                fields,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(20));
        return new ElasticsearchKind().open("logs", settings, new LogFolder(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*:*",
                "pool",
                "POOL",
                "refused OR full",
                "pool AND NOT refused",
                "+pool -exhausted",
                "NOT pool",
                "pool retrying",
                "message:\"the pool is exhausted\"",
                "\"pool exhausted\"~2",
                "\"exhausted pool\"~3",
                "\"exhausted pool\"~2",
                "exhau*",
                "EXHAU*",
                "*austed",
                "re?us*",
                "refussed~",
                "refussed~1",
                "rfusd~",
                "/ref[a-z]+d/",
                "/re.*/",
                "10.0.0.7",
                "10.0.0.7\\:5432",
                "bob-3",
                "\"bob-3\"",
                "web_1",
                "HikariPool-1",
                "\"93% full\"",
                "log.level:ERROR",
                "log.level:error",
                "log.level:(ERROR OR WARN)",
                "log.level:(ERROR WARN)",
                "log.level:ERR*",
                "log.level:/E.*/",
                "log.level:[ERROR TO INFO]",
                "service.name:shop",
                "service.name:\"shop web\"",
                "service.name:shop\\ web",
                "service.name:cart-service",
                "service.name:cart*",
                "service.name:shap~1",
                "http.response.status_code:500",
                "http.response.status_code:[500 TO 599]",
                "http.response.status_code:[500 TO 599}",
                "http.response.status_code:>=300",
                "http.response.status_code:(>=300 AND <400)",
                "http.response.status_code:{400 TO *}",
                "event.duration:<1.5",
                "event.duration:[0.5 TO 2.25]",
                "source.ip:10.1.0.1",
                "source.ip:\"10.0.0.0/15\"",
                "tags:canary",
                "tags:(blue AND canary)",
                "ok:true",
                "ok:false AND tags:blue",
                "_exists_:tags",
                "_exists_:error.message",
                "NOT _exists_:http.response.status_code",
                "tags:*",
                "error.message:exhausted",
                "error.message:\"pool exhausted\"",
                "message:pool AND error.message:pool",
                "@timestamp:[2026-03-10T11:50:00Z TO 2026-03-10T11:55:00Z]",
                "@timestamp:>2026-03-10T11\\:58\\:30Z",
                "(refused OR full)^2 AND (log.level:ERROR OR tags:blue) AND NOT ok:false",
                "pool || full && refused",
                "nothing_at_all"
            })
    void aServerAndAFileGiveTheSameAnswer(String query) throws Exception {
        LogQuestion question = question(query, "log.level", "service.name", "http.response.status_code", "ok", "tags");
        LogAnswer server = elasticsearch().ask(question);
        LogAnswer file = new LogFolder(folder).source("app.log").ask(question);
        assertSame(server.window(), file.window());
        assertSame(server.baseline().orElseThrow(), file.baseline().orElseThrow());
        assertThat(server.caveats()).isEmpty();
        assertThat(file.caveats()).isEmpty();
    }

    private static void assertSame(LogSlice server, LogSlice file) {
        assertThat(server.count()).isEqualTo(file.count());
        assertThat(server.anyEvent()).isEqualTo(file.anyEvent());
        assertThat(server.firstSeen()).isEqualTo(file.firstSeen());
        assertThat(server.lastSeen()).isEqualTo(file.lastSeen());
        assertThat(server.histogram()).isEqualTo(file.histogram());
        assertThat(server.top()).isEqualTo(file.top());
        assertThat(server.samples())
                .usingElementComparator(Comparator.comparing(LogEvent::at)
                        .thenComparing(LogEvent::message)
                        .thenComparing(event -> new java.util.TreeMap<>(event.fields()).toString()))
                .isEqualTo(file.samples());
        assertThat(server.messages()).containsExactlyInAnyOrderElementsOf(file.messages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "pool AND",
                "\"open",
                "/[/",
                "log.level:[1 TO",
                "source.ip:\"10.0.0.0/99\"",
                "@timestamp:[yesterday TO now]"
            })
    void bothSayThatAQueryIsWrong(String query) throws Exception {
        for (LogSource source : List.of(elasticsearch(), new LogFolder(folder).source("app.log"))) {
            LogUnreadable wrong = catchThrowableOfType(LogUnreadable.class, () -> source.ask(question(query)));
            assertThat(wrong).as(query).isNotNull().hasMessageContaining("the query is wrong: ");
            assertThat(wrong.reason()).isEqualTo(LogUnreadable.Reason.FAILED);
            assertThat(wrong.getMessage()).doesNotContain("Failed to parse query");
        }
    }

    @Test
    void anIndexThatIsMissingFailsAndAPatternThatMatchesNoneHoldsNothing() throws Exception {
        LogUnreadable missing = catchThrowableOfType(
                LogUnreadable.class, () -> open("absent", Map.of()).ask(question("*")));
        assertThat(missing).hasMessage("source logs (" + server().url() + ") answered 404: no such index [absent]");

        LogAnswer nothing = open("absent-*", Map.of()).ask(question("*", "log.level"));
        assertThat(nothing.window().anyEvent()).isFalse();
        assertThat(nothing.window().histogram()).hasSize(30);
        assertThat(nothing.caveats()).containsExactly("No index matches absent-*.");
    }

    @Test
    void textIsCountedByItsKeywordSubFieldAndFieldsAreRenamed() throws Exception {
        String index = "dynamic-" + version.charAt(0);
        fill(
                server(),
                index,
                Optional.of("{\"mappings\":{\"properties\":{\"note\":{\"type\":\"text\"}}}}"),
                List.of(
                        "{\"@timestamp\":\"" + NOON.minusSeconds(5)
                                + "\",\"message\":\"a\",\"app\":\"shop\",\"note\":\"x\"}",
                        "{\"@timestamp\":\"" + NOON.minusSeconds(4)
                                + "\",\"message\":\"b\",\"app\":\"cart\",\"note\":\"x\"}",
                        "{\"@timestamp\":\"" + NOON.minusSeconds(3)
                                + "\",\"message\":\"c\",\"app\":\"cart\",\"note\":\"x\"}"));
        LogAnswer answer = open(index, Map.of("service.name", "app"))
                .ask(question(
                        "service.name:cart OR _exists_:service.name OR absent.field:1",
                        "service.name",
                        "note",
                        "other"));
        assertThat(answer.window().count()).isEqualTo(3);
        assertThat(answer.window().top())
                .containsEntry("service.name", List.of(new ValueCount("cart", 2), new ValueCount("shop", 1)))
                .containsEntry("note", List.of())
                .containsEntry("other", List.of());
        assertThat(answer.caveats())
                .containsExactly(
                        "The query names the field absent.field, which no index of " + index
                                + " has: nothing can match it.",
                        "The values of note cannot be counted: it is text without a keyword sub-field.",
                        "No index of " + index + " has the field other.");
    }

    @Test
    void anIndexWithoutTheTimeFieldHoldsNothingAndSaysSo() throws Exception {
        String index = "timeless-" + version.charAt(0);
        fill(server(), index, Optional.empty(), List.of("{\"when\":\"2026-03-10T11:59:00Z\",\"message\":\"a\"}"));
        LogAnswer answer = open(index, Map.of()).ask(question("*"));
        assertThat(answer.window().anyEvent()).isFalse();
        assertThat(answer.caveats())
                .containsExactly("No index of " + index + " has the field @timestamp (setting time_field).");
    }

    @Test
    void manyMessagesAreASampleFromAllOverTheWindow() throws Exception {
        String index = "many-" + version.charAt(0);
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            events.add("{\"@timestamp\":\"" + NOON.minusSeconds(900).plusMillis(i * 100L) + "\",\"message\":\"" + i
                    + "\"}");
        }
        fill(server(), index, Optional.empty(), events);
        List<String> messages =
                open(index, Map.of()).ask(question("*")).window().messages();
        assertThat(messages).hasSize(1_000);
        assertThat(messages.stream().mapToInt(Integer::parseInt).average().orElseThrow())
                .isBetween(4_000.0, 5_000.0);
    }

    @Test
    void theRenderedCommandCanBePastedIntoAShell() throws Exception {
        LogQuestion question = question("message:\"the pool's\" OR refused", "log.level");
        LogSource source = elasticsearch();
        Process shell = new ProcessBuilder("bash", "-c", source.rendered(question))
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("\"value\":" + source.ask(question).window().count() + ",\"relation\":\"eq\"");
    }
}
