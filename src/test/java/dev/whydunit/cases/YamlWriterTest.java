package dev.whydunit.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.yaml.PlainValues;
import dev.whydunit.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlWriterTest {
    private static final String[] AWKWARD = {
        "",
        " ",
        "a: b",
        "- a",
        "#no comment",
        "no",
        "null",
        "~",
        "1",
        "1.5",
        "0x1F",
        ".nan",
        "true",
        "'",
        "\"",
        "\\",
        "{",
        "}",
        "[a]",
        "a,b",
        "&anchor",
        "*alias",
        "!tag",
        "%",
        "@",
        "`",
        "|",
        ">",
        "? a",
        "a\nb",
        "a\nb\n",
        "\na",
        "a\n\n",
        " a\nb",
        "a \nb",
        "tab\there",
        "\u0000",
        "\u001b[31m",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "é",
        "😀",
        "a\r\nb",
        "2026-01-01T00:00:00Z",
        "key:",
        "---",
        "...",
        "${{ x }}"
    };

    private static Object readAgain(Map<String, Object> document) {
        String yaml = YamlWriter.write(document);
        YamlReader.Read read = YamlReader.read("written.yaml", yaml);
        assertThat(read.problems()).as(yaml).isEmpty();
        return PlainValues.of(read.root().orElseThrow());
    }

    @Test
    void awkwardTextsAreReadAgainAsTheyWere() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("list", List.of((Object[]) AWKWARD));
        Map<String, Object> keyed = new LinkedHashMap<>();
        for (String text : AWKWARD) {
            if (!text.isEmpty()) {
                keyed.put(text, text);
            }
        }
        document.put("map", keyed);
        document.put("one", Map.of("text", "line one is long enough\nline two\n\nline four"));

        assertThat(readAgain(document)).isEqualTo(document);
    }

    @Test
    void anyDataIsReadAgainAsItWas() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            Map<String, Object> document = map(random, 4);
            document.put("key", "value");

            assertThat(readAgain(document)).isEqualTo(document);
        }
    }

    private static Map<String, Object> map(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            map.put("k" + i + (random.nextBoolean() ? "" : " x"), value(random, depth - 1));
        }
        return map;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble() * Math.pow(10, random.nextInt(30) - 15);
            case 2 -> random.nextBoolean();
            case 3 -> AWKWARD[random.nextInt(AWKWARD.length)];
            case 4 -> text(random);
            case 5 -> map(random, depth);
            default -> {
                List<Object> list = new ArrayList<>();
                int size = random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(10) == 0 ? '\n' : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
