package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.testing.RandomSecrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartIT {
    private static final Pattern TOKEN = Pattern.compile("wdu_[A-Za-z0-9_-]{43}");

    @Test
    void theFirstTokenIsPrintedOnceAndKeptNowhere(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        String token;
        try {
            try (RunningServer first = new RunningServer(folder, "receivers: {}\n", Map.of(), Optional.empty())) {
                String console = first.console.toString(StandardCharsets.UTF_8);
                Matcher printed = TOKEN.matcher(console);
                assertThat(printed.find()).as(console).isTrue();
                token = printed.group();
                assertThat(printed.find()).as("printed once").isFalse();
                assertThat(console).contains("ready on http://127.0.0.1:").doesNotContain("WARNING");
                assertThat(first.get("/api/tokens", token).status()).isEqualTo(200);
            }
            try (RunningServer second = new RunningServer(folder, "receivers: {}\n", Map.of(), Optional.empty())) {
                assertThat(second.console.toString(StandardCharsets.UTF_8)).doesNotContain("wdu_");
                assertThat(second.get("/api/tokens", token).status()).isEqualTo(200);
            }
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(token);
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(RandomSecrets.in(Files.readString(file, StandardCharsets.ISO_8859_1), List.of(token)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }
}
