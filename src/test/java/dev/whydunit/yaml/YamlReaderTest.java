package dev.whydunit.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    private static YamlNode root(String text) {
        YamlReader.Read read = YamlReader.read("a.yaml", text);
        assertThat(read.problems()).isEmpty();
        return read.root().orElseThrow();
    }

    private static String problem(String text) {
        List<Problem> problems = YamlReader.read("a.yaml", text).problems();
        assertThat(problems).hasSize(1);
        return ProblemRenderer.line(problems.getFirst());
    }

    @Test
    void noAndOnAndOctalAreText() {
        YamlNode.Mapping map = (YamlNode.Mapping) root("a: no\non: 012\nb: true\nc: 0o14\nd: 1.0.0\ne: ~\n");
        assertThat(PlainValues.of(map))
                .isEqualTo(java.util.Map.of("a", "no", "on", 12L, "b", true, "c", 12L, "d", "1.0.0"));
    }

    @Test
    void billionLaughsStopAtALimit() {
        String laughs = "a: &a [l, l, l, l, l, l, l, l, l]\n"
                + IntStream.range(1, 10)
                        .mapToObj(i -> {
                            char name = (char) ('a' + i);
                            String before = "*" + (char) (name - 1);
                            return name + ": &" + name + " ["
                                    + String.join(", ", java.util.Collections.nCopies(9, before)) + "]\n";
                        })
                        .collect(Collectors.joining());
        assertThat(problem(laughs)).contains("[E105]").contains("aliases counted in full");
    }

    @Test
    void manyAliasesStopAtALimit() {
        String many = "a: &a x\nb: [" + String.join(", ", java.util.Collections.nCopies(200, "*a")) + "]\n";
        assertThat(problem(many)).endsWith("the file uses aliases more than 100 times [E106]");
    }

    @Test
    void deepNestingStopsAtALimit() {
        assertThat(problem("[".repeat(100_000))).endsWith("maps and lists are nested deeper than 40 [E104]");
        String block =
                IntStream.range(0, 200).mapToObj(i -> " ".repeat(i) + "k:\n").collect(Collectors.joining());
        assertThat(problem(block)).endsWith("maps and lists are nested deeper than 40 [E104]");
    }

    @Test
    void hugeTextsAndFilesStopAtALimit() {
        assertThat(problem("a: " + "x".repeat(70_000)))
                .endsWith("this text has 70000 characters; the limit is 65536 [E110]");
        assertThat(problem("# " + "x".repeat(2_000_000)))
                .contains("the file has 2000002 characters; the limit is 1048576 [E101]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: !!javax.script.ScriptEngineManager [1] | a.yaml:1:4: the tag tag:yaml.org,2002:javax.script.ScriptEngineManager is not allowed: values are text, numbers, booleans, lists and maps only [E108]",
                "a: !local x | a.yaml:1:4: the tag !local is not allowed: values are text, numbers, booleans, lists and maps only [E108]",
                "{a: 1, a: 2} | a.yaml:1:8: key 'a' is given twice; first in line 1, column 2 [E113]",
                "{<<: {a: 1}} | a.yaml:1:2: merge keys (<<) are not part of YAML 1.2 [E112]",
                "{[a]: 1} | a.yaml:1:2: a key is a text, not a list [E111]",
                "a: b: c | a.yaml:1:5: a ':' that YAML does not expect here [E103]",
                "a: [1, 2 | a.yaml:1:9: this [list] lacks a ',' or its ']' [E103]",
                "a: *b | a.yaml:1:4: no anchor &b stands before this alias, or the alias is inside of it [E106]",
            })
    void whatIsNotAllowedIsSaid(String text, String message) {
        assertThat(problem(text)).isEqualTo(message);
    }

    @Test
    void oneFileHoldsOneDocument() {
        assertThat(problem("a: 1\n---\nb: 2\n"))
                .isEqualTo("a.yaml:2:1: a second document begins here; a file holds one [E107]");
        assertThat(problem("")).isEqualTo("a.yaml:1:1: the file is empty [E109]");
        assertThat(problem("a: \u0007")).contains("U+0007");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: one two | two | 1:8",
                "a: 'it''s two' | two | 1:11",
                "a: \"x\\ty \\u0041 two\" | two | 1:17",
                "a: 'één 𝄞 two' | two | 1:11",
                "`a: one\n   two\n` | two | 2:4",
                "`a: |\n   one\n   two x\n` | x | 3:8",
                "`a: >\n   one\n   two\n` | two | 3:4",
                "`a: \"one\n\n   two\"` | two | 3:4",
            })
    void aPartOfATextHasItsPlace(String text, String part, String place) {
        YamlNode.Scalar scalar =
                (YamlNode.Scalar) ((YamlNode.Mapping) root(text)).get("a").orElseThrow();
        Position position = scalar.positionOf(scalar.text().indexOf(part));
        assertThat(position.line() + ":" + position.column()).isEqualTo(place);
    }

    @Test
    void theLongFormShowsTheLineAndControlCharactersAreNotSent() {
        String text = "a: x\n\u00e9: \"\u001b[31mred\"\n";
        String shown = ProblemRenderer.full(
                new Problem("E999", new Position("a.yaml", 2, 4), 30, "wrong \u001b[2J", "do it"), text);
        assertThat(shown).isEqualTo("""
                        error[E999]: wrong \ufffd[2J
                         --> a.yaml:2:4
                          |
                        2 | é: "\ufffd[31mred"
                          |    ^^^^^^^^^^
                          = help: do it
                        """);
    }
}
