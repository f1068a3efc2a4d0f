package dev.whydunit.source.files;

import static dev.whydunit.source.files.LogFolder.NOON;
import static dev.whydunit.source.files.LogFolder.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogEvent;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSlice;
import dev.whydunit.source.log.LogSlice.ValueCount;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.TimeWindow;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogSourceTest {
    @TempDir
    Path folder;

    LogFolder logs;

    @BeforeEach
    void folder() {
        logs = new LogFolder(folder);
    }

    private static String json(Instant at, String level, String message) {
        return "{\"@timestamp\":\"" + at + "\",\"log.level\":\"" + level + "\",\"message\":\"" + message
                + "\",\"service\":{\"name\":\"shop\"}}";
    }

    @Test
    void countsTheWindowAndItsBaselineApart() throws Exception {
        logs.write(
                "app.log",
                json(NOON.minusSeconds(1801), "ERROR", "before both"),
                json(NOON.minusSeconds(1800), "ERROR", "first of the baseline"),
                json(NOON.minusSeconds(901), "ERROR", "last of the baseline"),
                json(NOON.minusSeconds(900), "ERROR", "first of the window"),
                json(NOON.minusSeconds(800), "INFO", "not an error"),
                json(NOON.minusMillis(1), "ERROR", "last of the window"),
                json(NOON, "ERROR", "after it"));
        LogAnswer answer = logs.source("app.log").ask(question("log.level:ERROR", "log.level"));

        LogSlice window = answer.window();
        assertThat(window.count()).isEqualTo(2);
        assertThat(answer.baseline().orElseThrow().count()).isEqualTo(2);
        assertThat(window.firstSeen()).contains(NOON.minusSeconds(900));
        assertThat(window.lastSeen()).contains(NOON.minusMillis(1));
        assertThat(window.histogram()).hasSize(30);
        assertThat(window.histogram().getFirst()).isEqualTo(new LogSlice.Bucket(NOON.minusSeconds(900), 1));
        assertThat(window.histogram().getLast()).isEqualTo(new LogSlice.Bucket(NOON.minusSeconds(30), 1));
        assertThat(window.top()).isEqualTo(Map.of("log.level", List.of(new ValueCount("ERROR", 2))));
        assertThat(window.samples())
                .extracting(LogEvent::message)
                .containsExactly("last of the window", "first of the window");
        assertThat(window.samples().getFirst().fields())
                .isEqualTo(Map.of("log.level", "ERROR", "service.name", "shop"));
        assertThat(answer.caveats()).isEmpty();
    }

    @Test
    void theBaselinesTopValuesAreThoseOfTheWindow() throws Exception {
        logs.write(
                "app.log",
                json(NOON.minusSeconds(1000), "INFO", "a"),
                json(NOON.minusSeconds(1000), "INFO", "b"),
                json(NOON.minusSeconds(100), "WARN", "c"));
        LogAnswer answer = logs.source("app.log").ask(question("*", "log.level"));
        assertThat(answer.baseline().orElseThrow().top())
                .isEqualTo(Map.of("log.level", List.of(new ValueCount("WARN", 0))));
    }

    @Test
    void anEventThatTheQueryPassesOverIsStillAnEvent() throws Exception {
        logs.write("app.log", json(NOON.minusSeconds(5), "INFO", "all is well"));
        LogAnswer answer = logs.ask("log.level:ERROR");
        assertThat(answer.window().count()).isZero();
        assertThat(answer.window().anyEvent()).isTrue();
        assertThat(answer.baseline().orElseThrow().anyEvent()).isFalse();
    }

    @Test
    void noFileIsNoEventAndSaysSo() throws Exception {
        LogAnswer answer = logs.source("nothing/*.log").ask(question("*"));
        assertThat(answer.window().anyEvent()).isFalse();
        assertThat(answer.caveats())
                .singleElement()
                .asString()
                .startsWith("No file is there: ")
                .endsWith("nothing/*.log.");
    }

    @Test
    void globsCrossFoldersAndNameEachFileOnce() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        logs.write("a/one.log", json(NOON.minusSeconds(5), "INFO", "x"))
                .write("a/b/two.log", json(NOON.minusSeconds(5), "INFO", "x"))
                .write("a/b/two.txt", json(NOON.minusSeconds(5), "INFO", "x"));
        assertThat(logs.source("a/*.log").ask(question("*")).window().count()).isEqualTo(1);
        assertThat(logs.source("**/*.log", "a/one.log")
                        .ask(question("*"))
                        .window()
                        .count())
                .isEqualTo(2);
        assertThat(logs.source("a/b/two.{log,txt}").ask(question("*")).window().count())
                .isEqualTo(2);
    }

    @Test
    void rotatedAndGzippedFilesCountTogether() throws Exception {
        logs.write("app.log", json(NOON.minusSeconds(5), "INFO", "new"))
                .write("app.log.1", json(NOON.minusSeconds(600), "INFO", "older"))
                .zip("app.log.2.gz", json(NOON.minusSeconds(1200), "INFO", "oldest"));
        LogAnswer answer = logs.source("app.log*").ask(question("*"));
        assertThat(answer.window().count()).isEqualTo(2);
        assertThat(answer.baseline().orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void aStackTraceBelongsToTheEventBefore() throws Exception {
        logs.write(
                "app.log",
                "2026-03-10 11:50:00,123 ERROR [main] com.shop.Cart - cannot check out",
                "java.lang.IllegalStateException: pool exhausted",
                "\tat com.shop.Pool.take(Pool.java:42)",
                "2026-03-10 11:50:01,000 INFO  [main] com.shop.Cart - next");
        assertThat(logs.count("exhausted")).isEqualTo(1);
        assertThat(logs.count("*")).isEqualTo(2);
        assertThat(logs.count("log.level:ERROR AND message:\"cannot check out\""))
                .isEqualTo(1);
        assertThat(logs.ask("pool").window().samples().getFirst().message()).isEqualTo("""
                        ERROR [main] com.shop.Cart - cannot check out
                        java.lang.IllegalStateException: pool exhausted
                        \tat com.shop.Pool.take(Pool.java:42)""");
    }

    @Test
    void nginxLinesHaveEcsNames() throws Exception {
        logs.write(
                "access.log",
                "10.1.2.3 - bob [10/Mar/2026:11:59:00 +0000] \"GET /cart?id=7 HTTP/1.1\" 502 157 \"https://shop/\" \"curl/8 \\x22q\\x22\"",
                "fe80::1 - - [10/Mar/2026:12:59:10 +0100] \"POST /pay HTTP/2.0\" 200 1 \"-\" \"-\" \"0.12\"");
        LogEvent event =
                logs.ask("http.response.status_code:>=500").window().samples().getFirst();
        assertThat(event.at()).isEqualTo(NOON.minusSeconds(60));
        assertThat(event.message()).isEqualTo("GET /cart?id=7 HTTP/1.1 502");
        assertThat(event.fields())
                .containsEntry("source.ip", "10.1.2.3")
                .containsEntry("user.name", "bob")
                .containsEntry("http.request.method", "GET")
                .containsEntry("url.path", "/cart")
                .containsEntry("url.query", "id=7")
                .containsEntry("http.response.status_code", "502")
                .containsEntry("http.response.body.bytes", "157")
                .containsEntry("http.request.referrer", "https://shop/");
        assertThat(logs.count("http.response.status_code:[200 TO 299] AND url.path:\"/pay\""))
                .isEqualTo(1);
        assertThat(logs.count("source.ip:\"10.0.0.0/8\"")).isEqualTo(1);
    }

    @Test
    void syslogLinesOfAllAgesAreRead() throws Exception {
        logs.write(
                "messages",
                "Mar 10 11:58:00 web1 sshd[4711]: Failed password for root from 10.9.9.9 port 2 ssh2",
                "<34>Mar 10 11:58:01 web1 su: 'su root' failed",
                "<165>1 2026-03-10T11:58:02.003Z web1 shop 812 ID47 [ex@32473 iut=\"3\" src=\"a\\\"b\"] pool exhausted",
                "2026-03-10T12:58:03.5+01:00 web1 kernel: oom-killer invoked");
        folder.resolve("messages").toFile().setLastModified(NOON.toEpochMilli());
        assertThat(logs.ask("*").caveats()).isEmpty();
        assertThat(logs.count("*")).isEqualTo(4);
        assertThat(logs.count("process.name:sshd AND process.pid:4711 AND host.hostname:web1"))
                .isEqualTo(1);
        assertThat(logs.count("host.name:web1")).isEqualTo(4);
        assertThat(logs.count("log.level:critical")).isEqualTo(1);
        assertThat(logs.count("log.syslog.structured_data.ex@32473.src:\"a\\\"b\" AND message:exhausted"))
                .isEqualTo(1);
        assertThat(logs.ask("kernel OR oom").window().samples().getFirst().at())
                .isEqualTo(Instant.parse("2026-03-10T11:58:03.5Z"));
    }

    @Test
    void aSyslogLineWithoutATagIsStillRead() throws Exception {
        logs.write(
                "messages",
                "Mar 10 11:58:00 web1 sshd[1]: one",
                "Mar 10 11:58:01 web1 sshd[1]: two",
                "Mar 10 11:58:01 web1 cron[2]: three",
                "Mar 10 11:58:02 web1 -- MARK --",
                "Mar 10 11:58:03 web1 last message repeated 2 times");
        folder.resolve("messages").toFile().setLastModified(NOON.toEpochMilli());
        assertThat(logs.ask("*").caveats()).isEmpty();
        assertThat(logs.count("host.hostname:web1")).isEqualTo(5);
        assertThat(logs.count("\"message repeated\"")).isEqualTo(1);
    }

    @Test
    void theLevelOfAPlainLineIsFoundAmongItsFirstWords() throws Exception {
        logs.write(
                "app.log",
                "2026-03-10 11:59:00 INFO started",
                "2026-03-10 11:59:00 [worker-1] [error] boom",
                "nova-api.log.1.2017-05-16_13:53:08 2026-03-10 11:59:00.008 25746 WARNING nova.api [-] slow",
                "2026-03-10 11:59:00 the error is gone");
        assertThat(logs.ask("*").window().samples())
                .extracting(event -> event.fields().getOrDefault("log.level", ""))
                .containsExactlyInAnyOrder("INFO", "error", "WARNING", "");
    }

    @Test
    void aSyslogTimeOfDecemberReadInJanuaryIsOfLastYear() throws Exception {
        logs.write("messages", "Dec 31 23:59:30 web1 cron[1]: late", "Jan  1 00:00:10 web1 cron[1]: early");
        folder.resolve("messages")
                .toFile()
                .setLastModified(Instant.parse("2026-01-01T00:01:00Z").toEpochMilli());
        TimeWindow window =
                new TimeWindow(Instant.parse("2025-12-31T23:55:00Z"), Instant.parse("2026-01-01T00:05:00Z"));
        LogQuestion question =
                new LogQuestion("*", window, Optional.empty(), List.of(), 1, 5, 5, 10, Duration.ofSeconds(9));
        assertThat(logs.source("messages").ask(question).window().samples())
                .extracting(LogEvent::message)
                .containsExactly("early", "late");
    }

    @Test
    void logfmtValuesThatLookLikeNumbersAreNumbers() throws Exception {
        logs.write(
                "app.log",
                "time=2026-03-10T11:59:00Z level=error msg=\"db down: \\\"shop\\\"\" took=1.5 retries=3 ok",
                "ts=2026-03-10T11:59:01Z level=info msg=fine took=0.2 retries=0",
                "time=2026-03-10T11:59:02Z level=info msg=fine took=12 retries=0");
        assertThat(logs.count("took:>1")).isEqualTo(2);
        assertThat(logs.count("retries:3 AND message:\"db down\" AND log.level:error"))
                .isEqualTo(1);
    }

    @Test
    void jsonOfOtherConventionsIsReadByEcsNames() throws Exception {
        long seconds = NOON.getEpochSecond() - 60;
        logs.write("zap.log", "{\"ts\":" + seconds + ".25,\"level\":\"error\",\"msg\":\"zap failed\"}")
                .write(
                        "docker.log",
                        "{\"log\":\"docker failed\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-10T11:59:00.1Z\"}")
                .write(
                        "otel.log",
                        "{\"timestamp\":\"" + seconds + "000\",\"severity_text\":\"ERROR\",\"body\":\"otel failed\"}")
                .write(
                        "journal.log",
                        "{\"__REALTIME_TIMESTAMP\":\"" + seconds
                                + "000000\",\"MESSAGE\":\"journal failed\",\"SYSLOG_IDENTIFIER\":\"cron\"}");
        assertThat(logs.ask("failed").window().samples())
                .extracting(LogEvent::message)
                .containsExactlyInAnyOrder("zap failed", "docker failed\n", "otel failed", "journal failed");
        assertThat(logs.count("log.level:(error OR ERROR)")).isEqualTo(2);
        assertThat(logs.count("process.name:cron")).isEqualTo(1);
    }

    @Test
    void aFieldMappingRenames() throws Exception {
        logs.write("app.log", "{\"when\":\"2026-03-10T11:59:00Z\",\"sev\":\"E\",\"text\":\"boom\"}");
        FilesSettings settings = new FilesSettings(
                List.of("app.log"),
                LogFormat.JSON,
                Optional.of("UTC"),
                1_000_000,
                Map.of("@timestamp", "when", "log.level", "sev", "message", "text"));
        LogAnswer answer = logs.source(settings).ask(question("boom AND log.level:E", "log.level"));
        assertThat(answer.window().count()).isEqualTo(1);
        assertThat(answer.window().top()).containsEntry("log.level", List.of(new ValueCount("E", 1)));
    }

    @Test
    void garbageIsCountedNotBelieved() throws Exception {
        logs.write(
                "app.log",
                json(NOON.minusSeconds(9), "INFO", "good"),
                "{\"@timestamp\":\"" + NOON.minusSeconds(8) + "\",\"message\":\"cut he",
                "{\"@timestamp\":\"" + NOON.minusSeconds(8) + "\"}{\"message\":\"two at once\"}",
                "\u0000\u0001\u00ff\u001b[31m garbage",
                json(NOON.minusSeconds(7), "INFO", "good"),
                json(NOON.minusSeconds(6), "INFO", "good"),
                json(NOON.minusSeconds(5), "INFO", "good"),
                json(NOON.minusSeconds(5), "INFO", "good"),
                json(NOON.minusSeconds(5), "INFO", "good"));
        LogAnswer answer = logs.ask("*");
        assertThat(answer.window().count()).isEqualTo(6);
        assertThat(answer.caveats())
                .containsExactly(
                        "1 lines have no time that can be read and were left out.",
                        "2 lines of the time asked for are not of their file's format and were left out.");
    }

    @Test
    void aLineThatIsTooLongIsCutAndTheNextIsRead() throws Exception {
        logs.write(
                "app.log", "2026-03-10T11:59:00Z begin " + "x".repeat(3 << 20) + " end", "2026-03-10T11:59:01Z after");
        LogAnswer answer = logs.ask("begin OR end OR after");
        assertThat(answer.window().count()).isEqualTo(2);
        assertThat(logs.count("message:end")).isZero();
        assertThat(answer.caveats()).containsExactly("1 lines are longer than 1048576 bytes and were cut.");
    }

    @Test
    void aBrokenArchiveIsACaveat() throws Exception {
        logs.zip(
                "app.gz",
                Stream.generate(() -> json(NOON.minusSeconds(9), "INFO", "good " + Math.random()))
                        .limit(20_000)
                        .toArray(String[]::new));
        byte[] half = Files.readAllBytes(folder.resolve("app.gz"));
        Files.write(folder.resolve("app.gz"), java.util.Arrays.copyOf(half, half.length / 2));
        LogAnswer answer = logs.ask("*");
        assertThat(answer.window().count()).isBetween(1_000L, 19_000L);
        assertThat(answer.caveats()).singleElement().asString().startsWith("1 files broke off");
    }

    @Test
    void onlyThePartOfALargeFileThatHoldsTheWindowIsRead() throws Exception {
        Path file = folder.resolve("big.log");
        Instant begin = NOON.minus(Duration.ofHours(40));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int second = 0; second < 41 * 3600; second++) {
                out.write(json(begin.plusSeconds(second), "INFO", "line " + second) + "\n");
            }
        }
        FilesSettings settings =
                new FilesSettings(List.of("big.log"), LogFormat.AUTO, Optional.empty(), 1_500_000, Map.of());
        assertThat(Files.size(file)).isGreaterThan(12L << 20);
        LogAnswer answer = logs.source(settings).ask(question("*"));
        assertThat(answer.window().count()).isEqualTo(900);
        assertThat(answer.baseline().orElseThrow().count()).isEqualTo(900);
    }

    @Test
    void aLargeFileOutOfOrderIsReadAsAWhole() throws Exception {
        Path file = folder.resolve("big.log");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 120_000; i++) {
                Instant at = i % 2 == 0 ? NOON.minusSeconds(1) : NOON.minus(Duration.ofDays(i % 50 + 1));
                out.write(json(at, "INFO", "line " + i) + "\n");
            }
        }
        assertThat(logs.source("big.log").ask(question("*")).window().count()).isEqualTo(60_000);
    }

    @Test
    void moreThanMayBeReadIsAFailureNotALowCount() throws Exception {
        logs.write("app.log", json(NOON.minusSeconds(9), "INFO", "x".repeat(2_000)));
        FilesSettings settings =
                new FilesSettings(List.of("app.log"), LogFormat.AUTO, Optional.empty(), 1_000, Map.of());
        assertThatThrownBy(() -> logs.source(settings).ask(question("*")))
                .isInstanceOf(LogUnreadable.class)
                .hasMessage("source files: there is more to read than max_bytes (1000)");
    }

    @Test
    void aWrongQueryNamesTheSourceAndThePlace() {
        LogUnreadable wrong = catchThrowableOfType(LogUnreadable.class, () -> logs.ask("message:(a OR"));
        assertThat(wrong).hasMessageStartingWith("source files: the query is wrong: Cannot parse 'message:(a OR': ");
        assertThat(wrong.reason()).isEqualTo(LogUnreadable.Reason.FAILED);
    }

    @Test
    void anInterruptedQuestionEnds() throws Exception {
        logs.write("app.log", json(NOON.minusSeconds(9), "INFO", "x"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> logs.ask("*")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anOldFileIsPassedOverOnlyWhenItsLinesAgree() throws Exception {
        logs.write("old.log", json(NOON.minus(Duration.ofDays(9)), "INFO", "old"))
                .write("unpacked.log", json(NOON.minusSeconds(9), "INFO", "new"));
        for (String file : List.of("old.log", "unpacked.log")) {
            Files.setLastModifiedTime(folder.resolve(file), FileTime.from(NOON.minus(Duration.ofDays(8))));
        }
        assertThat(logs.count("*")).isEqualTo(1);
    }

    @Test
    void messagesAreASampleFromAllOverTheWindow() throws Exception {
        logs.write(
                "app.log",
                Stream.iterate(0, i -> i + 1)
                        .limit(9_000)
                        .map(i -> json(NOON.minusSeconds(900).plusMillis(i * 100L), "INFO", Integer.toString(i)))
                        .toArray(String[]::new));
        List<String> messages = logs.ask("*").window().messages();
        assertThat(messages).hasSize(1_000);
        assertThat(messages.stream().mapToInt(Integer::parseInt).average().orElseThrow())
                .isBetween(4_000.0, 5_000.0);
    }

    @Test
    void settingsThatCannotWorkAreRefusedAtOnce() {
        assertThatThrownBy(() -> logs.source("logs/["))
                .hasMessageStartingWith("source files: paths: 'logs/[' is not a glob: ");
        FilesSettings zone =
                new FilesSettings(List.of("a"), LogFormat.AUTO, Optional.of("Europe/Atlantis"), 1, Map.of());
        assertThatThrownBy(() -> logs.source(zone)).hasMessageContaining("time_zone 'Europe/Atlantis' does not exist");
        assertThatThrownBy(() -> new FilesSettings(List.of(), LogFormat.AUTO, Optional.empty(), 1, Map.of()))
                .hasMessage("paths must name at least one file or glob");
    }

    @Test
    void wildcardsInTheNameOfTheConfigurationsFolderAreNone() throws Exception {
        LogFolder odd = new LogFolder(Files.createDirectories(folder.resolve("od[d] {x}")));
        odd.write("app.log", json(NOON.minusSeconds(5), "INFO", "x"));
        assertThat(odd.source("*.log").ask(question("*")).window().count()).isEqualTo(1);
    }
}
