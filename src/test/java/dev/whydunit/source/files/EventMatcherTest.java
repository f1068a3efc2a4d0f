package dev.whydunit.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.source.log.LogUnreadable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventMatcherTest {
    private static final Instant AT = Instant.parse("2026-03-10T11:50:00Z");
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private static final FileEvent EVENT = new FileEvent(
            TimeReader.nanos(AT),
            Map.of(
                    "message",
                    "Connection to 10.0.0.7:5432 refused: the pool is exhausted (HikariPool-1)",
                    "log.level",
                    "ERROR",
                    "service.name",
                    "shop web",
                    "http.response.status_code",
                    503L,
                    "event.duration",
                    1.5,
                    "ok",
                    false,
                    "tags",
                    List.of("blue", "canary"),
                    "host.ip",
                    "10.1.2.3"),
            Map.of());

    private static boolean matches(String query) throws LogUnreadable {
        return EventMatcher.of(query, "files", NOW).test(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*:*",
                "refused",
                "REFUSED",
                "message:Refused",
                "refused AND exhausted",
                "+refused -granted",
                "nothing OR refused",
                "nothing refused",
                "refused && !granted",
                "NOT granted",
                "message:\"pool is exhausted\"",
                "\"the exhausted\"~2",
                "\"exhausted pool\"~4",
                "exhau*",
                "EXHAU*",
                "e?haust*d",
                "*austed",
                "exhausted~",
                "exausted~1",
                "/ref[a-z]+d/",
                "log.level:ERROR",
                "log.level:(WARN OR ERROR)",
                "log.level:ERR*",
                "log.level:/E.{4}/",
                "log.level.keyword:ERROR",
                "service.name:\"shop web\"",
                "service.name:shop\\ web",
                "http.response.status_code:503",
                "http.response.status_code:[500 TO 599]",
                "http.response.status_code:{502 TO *}",
                "http.response.status_code:>=503",
                "http.response.status_code:(>=500 AND <600)",
                "event.duration:[1 TO 2}",
                "ok:false",
                "tags:canary",
                "tags:(blue AND canary)",
                "_exists_:tags",
                "_exists_:http.response",
                "tags:*",
                "NOT _exists_:trace.id",
                "host.ip:\"10.0.0.0/8\"",
                "@timestamp:[2026-03-10 TO 2026-03-10]",
                "@timestamp:[now-15m TO now}",
                "@timestamp:>now-11m",
                "refused^3 OR nothing",
                "(refused OR granted) AND (pool AND NOT empty)",
                "message:10.0.0.7"
            })
    void matchesWhatElasticsearchWould(String query) throws LogUnreadable {
        assertThat(matches(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "granted",
                "refuse",
                "refused AND granted",
                "-refused",
                "NOT refused",
                "\"exhausted pool\"",
                "\"the exhausted\"~1",
                "haust*",
                "/refuse/",
                "log.level:error",
                "log.level:ERR",
                "log.level:(WARN ERROR)",
                "service.name:shop",
                "http.response.status_code:50",
                "http.response.status_code:{503 TO *}",
                "http.response.status_code:<500",
                "event.duration:[2 TO *]",
                "ok:true",
                "tags:can",
                "_exists_:trace.id",
                "trace.id:*",
                "host.ip:\"10.2.0.0/16\"",
                "@timestamp:[now-5m TO now]",
                "@timestamp:<2026-03-10",
                "exsted~1"
            })
    void doesNotMatchWhatElasticsearchWouldNot(String query) throws LogUnreadable {
        assertThat(matches(query)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "a AND",
                "\"open",
                "field:[1 TO",
                "a~5",
                "/[/",
                "http.\\*:x",
                "@timestamp:[yesterday TO now]",
                "@timestamp:>now-1y",
                "host.ip:\"10.0.0.0/99\"",
                "host.ip:\"x/8\""
            })
    void aWrongQueryIsSaidToBeWrong(String query) {
        assertThatThrownBy(() -> matches(query))
                .isInstanceOf(LogUnreadable.class)
                .hasMessageStartingWith("source files: the query is wrong: ");
    }

    @Test
    void hostilePatternsAndQueriesAreBounded() throws LogUnreadable {
        assertThatThrownBy(() -> matches("/(.*a){40}(b|c|d)*x{900}/".repeat(1) + " " + "/([^b]*a){30}.{1000}/"))
                .isInstanceOf(LogUnreadable.class);
        assertThatThrownBy(() -> matches("(".repeat(50_000))).isInstanceOf(LogUnreadable.class);
        assertThatThrownBy(() -> matches("a ".repeat(5_000))).isInstanceOf(LogUnreadable.class);
        FileEvent long_ = new FileEvent(0, Map.of("x", "a".repeat(200_000) + "!"), Map.of());
        assertThat(EventMatcher.of("x:/(.*a){5}b/", "files", NOW).test(long_)).isFalse();
    }

    @Test
    void wordsOfTwoValuesMakeNoPhrase() throws LogUnreadable {
        FileEvent event = new FileEvent(0, Map.of("message", List.of("disk full", "memory low")), Map.of());
        assertThat(EventMatcher.of("\"full memory\"", "files", NOW).test(event)).isFalse();
        assertThat(EventMatcher.of("\"memory low\"", "files", NOW).test(event)).isTrue();
    }
}
