package dev.whydunit.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMatcherTest {
    private static final Map<String, String> LABELS =
            Map.of("alertname", "HighLatency", "severity", "critical", "text", "a\nb \"c\" \\d");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "alertname=\"HighLatency\";true",
                "alertname=\"High\";false",
                "alertname!=\"HighLatency\";false",
                "alertname!=\"Other\";true",
                "severity=~\"critical|warning\";true",
                "severity=~\"crit\";false",
                "severity=~\"crit.*\";true",
                "severity=~\"a|b|critical\";true",
                "severity!~\"crit\";true",
                "severity!~\"crit.*\";false",
                "team=\"\";true",
                "team!=\"\";false",
                "team=~\".*\";true",
                "team=~\".+\";false",
                "team!~\".+\";true",
                " severity = critical ;true",
                "severity=~crit.*;true",
                "\"severity\"=\"critical\";true",
                "text=\"a\\nb \\\"c\\\" \\\\d\";true",
                "severity=~\"\\w+\";true"
            })
    void aMatcherHoldsAsInAlertmanager(String matcher, boolean holds) throws MalformedMatcher {
        assertThat(LabelMatcher.parse(matcher.replace("`", "")).matches(LABELS)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``|0|expected a label's name, such as alertname",
                "9lives=\"x\"|0|expected a label's name, such as alertname",
                "\"\"=\"x\"|0|expected a label's name, found an empty one",
                "severity|8|expected =, !=, =~ or !~",
                "severity ~ \"x\"|9|expected =, !=, =~ or !~",
                "severity!\"x\"|8|expected =, !=, =~ or !~",
                "severity=|9|expected a value in double quotes",
                "severity=='x'|9|expected a value in double quotes",
                "severity='x'|9|expected a value in double quotes",
                "severity=\"x|9|expected a closing '\"'",
                "severity=\"x\\|9|expected a closing '\"'",
                "severity=very critical|14|expected the end after the value: put the value in double quotes",
                "a=\"b\", c=\"d\"|5|expected the end after one matcher: write each matcher as an item of its own",
                "severity=~\"a(\"|10|not a regular expression (RE2): missing closing )",
                "severity=~\"(?=a)\"|10|not a regular expression (RE2): invalid or unsupported Perl syntax",
                "severity=~\"((a{1000}){1000}){1000}\"|10|the regular expression repeats too much: use smaller counts in {}"
            })
    void aMistakeIsNamedWithItsPlace(String matcher, int offset, String message) {
        assertThatThrownBy(() -> LabelMatcher.parse(matcher == null ? "" : matcher.replace("`", "")))
                .asInstanceOf(type(MalformedMatcher.class))
                .satisfies(e -> assertThat(e).hasMessage(message))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void severalMatchersStandBetweenBraces() throws MalformedMatcher {
        List<LabelMatcher> expected =
                List.of(LabelMatcher.parse("env=\"prod\""), LabelMatcher.parse("severity=~\"critical|warning\""));

        assertThat(LabelMatcher.parseAll("{env=\"prod\", severity=~\"critical|warning\"}"))
                .isEqualTo(expected);
        assertThat(LabelMatcher.parseAll(" { env=prod ,severity=~\"critical|warning\" , } "))
                .isEqualTo(expected);
        assertThat(LabelMatcher.parseAll("env=\"prod\",severity=~\"critical|warning\""))
                .isEqualTo(expected);
        assertThat(LabelMatcher.parseAll("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{a=\"b\"", "{a=\"b\"} c", "a=\"b\"}", "a=\"b\" c=\"d\"", "{,}"})
    void severalMatchersAreReadToTheEnd(String text) {
        assertThatThrownBy(() -> LabelMatcher.parseAll(text)).isInstanceOf(MalformedMatcher.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=\"b\"", "a!=\"x\\\\y\\\"z\\n\"", "\"strange name\"=~\"b.*\""})
    void aMatcherIsWrittenAsItIsRead(String text) throws MalformedMatcher {
        assertThat(LabelMatcher.parse(text)).hasToString(text);
        assertThat(LabelMatcher.parse(LabelMatcher.parse(text).toString())).isEqualTo(LabelMatcher.parse(text));
    }

    @Test
    void aPatternOfAStrangerIsMatchedInLinearTime() throws MalformedMatcher {
        // On java.util.regex this takes seconds; here the test would not end in time for anyone's patience otherwise.
        LabelMatcher matcher = LabelMatcher.parse("text=~\"(.*a){12}$\"");

        assertThat(matcher.matches(Map.of("text", "a".repeat(4_000) + "!"))).isFalse();
    }

    @Test
    void anAlertMatchesWhenAllMatchersHold() throws MalformedMatcher {
        Alert alert = new Alert(
                Alert.Status.FIRING,
                new TreeMap<>(LABELS),
                new TreeMap<>(),
                Instant.EPOCH,
                Optional.empty(),
                "0",
                "",
                "");

        assertThat(alert.matches(LabelMatcher.parseAll("{alertname=\"HighLatency\", severity=~\"critical|warning\"}")))
                .isTrue();
        assertThat(alert.matches(LabelMatcher.parseAll("{alertname=\"HighLatency\", severity=\"warning\"}")))
                .isFalse();
        assertThat(alert.matches(List.of())).isTrue();
    }
}
