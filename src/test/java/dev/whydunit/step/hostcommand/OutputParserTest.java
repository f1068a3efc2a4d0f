package dev.whydunit.step.hostcommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.whydunit.step.hostcommand.ParsedOutput.NotParsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputParserTest {
    @Test
    void aTableHasItsHeadingsAsNamesAndItsNumbersAsNumbers() throws Exception {
        ParsedOutput parsed = parse("table", """
                Filesystem 1024-blocks   Used Available Capacity Mounted on
                /dev/vda1      1000000 900000    100000      90% /
                none                 0      0         0       -  /mnt/a disk
                """);

        assertThat(parsed.rows())
                .containsExactly(
                        Map.of(
                                "filesystem", "/dev/vda1",
                                "1024_blocks", 1000000L,
                                "used", 900000L,
                                "available", 100000L,
                                "capacity", 90L,
                                "mounted_on", "/"),
                        Map.of(
                                "filesystem",
                                "none",
                                "1024_blocks",
                                0L,
                                "used",
                                0L,
                                "available",
                                0L,
                                "capacity",
                                "-",
                                "mounted_on",
                                "/mnt/a disk"));
    }

    @Test
    void aTablesHeadingsNeverShareAName() throws Exception {
        assertThat(parse("table", "a A %\n1 2 3\n").rows()).containsExactly(Map.of("a", 1L, "a_2", 2L, "column_3", 3L));
    }

    @Test
    void keyAndValueStandOnEitherSideOfTheFirstSign() throws Exception {
        ParsedOutput parsed = parse("key_value", """
                NAME="Debian GNU/Linux"
                MemTotal:       16384 kB
                nr_throttled 12
                Active(anon): 1 kB

                url=http://a:1/?b=c
                NAME=again
                """);

        assertThat(parsed.fields())
                .containsOnly(
                        entry("name", "Debian GNU/Linux"),
                        entry("mem_total", "16384 kB"),
                        entry("nr_throttled", "12"),
                        entry("active_anon", "1 kB"),
                        entry("url", "http://a:1/?b=c"));
    }

    @Test
    void aPatternGivesFieldsFromTheFirstLineAndARowForEach() throws Exception {
        ParsedOutput parsed = parse("regex:^(?<name>\\w+)=(?P<value>[0-9.]+)(?<unit>s)?$", "x\na=1\nb=2.5s\n");

        assertThat(parsed.fields()).containsOnly(entry("name", "a"), entry("value", "1"));
        assertThat(parsed.rows())
                .containsExactly(Map.of("name", "a", "value", 1L), Map.of("name", "b", "value", 2.5, "unit", "s"));
    }

    @Test
    void aPatternThatDoesNotMatchGivesNothing() throws Exception {
        assertThat(parse("regex:(?<x>y)", "zzz\n")).isEqualTo(new ParsedOutput(Map.of(), List.of(), Optional.empty()));
    }

    @Test
    void aPatternThatWouldTakeExponentialTimeElsewhereTakesNone() throws Exception {
        assertThat(parse("regex:(.*a){12}$", "a".repeat(28) + "!\n").rows()).isEmpty();
    }

    @Test
    void aWrongPatternOrAnUnknownParserIsSaid() {
        assertThatThrownBy(() -> OutputParser.named("regex:("))
                .isInstanceOf(NotParsed.class)
                .hasMessageContaining("RE2");
        assertThatThrownBy(() -> OutputParser.named("regex:(?=x)")).isInstanceOf(NotParsed.class);
        assertThatThrownBy(() -> OutputParser.named("yaml"))
                .hasMessage("parse: yaml is none of json, table, key_value, regex:PATTERN");
    }

    @Test
    void anObjectGivesItsScalarsAsFieldsAndAnArrayItsObjectsAsRows() throws Exception {
        ParsedOutput object = parse("json", "{\"a\": 1, \"b\": [1.5, null, true], \"c\": null, \"d\": \"x\"}");
        assertThat(object.fields()).containsOnly(entry("a", "1"), entry("d", "x"));
        assertThat(object.json()).contains(Map.of("a", 1L, "b", List.of(1.5, true), "d", "x"));

        assertThat(parse("json", "[{\"a\": 1}, {\"a\": 2}]").rows()).containsExactly(Map.of("a", 1L), Map.of("a", 2L));
    }

    @Test
    void aDocumentInEachLineIsRead() throws Exception {
        assertThat(parse("json", "{\"a\": 1}\n{\"a\": 2}\n").rows()).hasSize(2);
    }

    @Test
    void whatIsNotJsonIsSaidWithItsPlace() {
        assertThatThrownBy(() -> parse("json", "{\n  a\n"))
                .isInstanceOf(NotParsed.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> parse("json", "")).isInstanceOf(NotParsed.class);
        assertThatThrownBy(() -> parse("json", "[".repeat(100_000))).isInstanceOf(NotParsed.class);
    }

    private static ParsedOutput parse(String parser, String text) throws NotParsed {
        return OutputParser.named(parser).parse(text, text.lines().toList());
    }
}
