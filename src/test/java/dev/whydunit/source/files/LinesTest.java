package dev.whydunit.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> lines(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Lines lines = new Lines(Channels.newChannel(new ByteArrayInputStream(bytes)), _ -> {});
        List<String> found = new ArrayList<>();
        while (lines.next()) {
            found.add(
                    new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.ISO_8859_1));
        }
        assertThat(lines.consumed()).isEqualTo(bytes.length);
        return found;
    }

    @Test
    void cutsAtLineEndsOfBothKinds() throws Exception {
        assertThat(lines("")).isEmpty();
        assertThat(lines("a")).containsExactly("a");
        assertThat(lines("a\n\nb\r\nc\n")).containsExactly("a", "", "b", "c");
    }

    @Test
    void longAndShortLinesInAnyMixAreCutAtTheLimitOnly() throws Exception {
        Random random = new Random(2);
        for (int round = 0; round < 5; round++) {
            List<String> expected = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                int length = switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(5 << 20);
                    case 1 -> Lines.LINE_LIMIT - 1 + random.nextInt(3);
                    default -> random.nextInt(300_000);
                };
                String line = String.valueOf((char) ('a' + i % 26)).repeat(length);
                expected.add(line.substring(0, Math.min(length, Lines.LINE_LIMIT)));
                text.append(line).append('\n');
            }
            assertThat(lines(text.toString()).equals(expected)).isTrue();
        }
    }
}
