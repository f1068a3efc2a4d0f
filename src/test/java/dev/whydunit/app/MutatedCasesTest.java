package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.cases.CaseReader;
import dev.whydunit.cases.ParsedCase;
import dev.whydunit.config.Configuration;
import dev.whydunit.engine.StepKind;
import dev.whydunit.replay.Judge;
import dev.whydunit.replay.Replay;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a case holds, it is either run or refused with a place in it. */
class MutatedCasesTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "\n",
        "  ",
        "'",
        "\"",
        "-",
        "#",
        "&a ",
        "*a",
        "null",
        "true",
        "-1",
        "1e9",
        "..",
        "9999999999",
        ".nan",
        "result",
        "error: x",
        "took: 5m",
        "targets: {a: {}}",
        "expect:",
        "${{ x }}",
        "2026-01-01T00:00:00Z",
        "other",
        "database.other"
    };

    @Test
    void damagedCasesAreRunOrRefused() throws IOException {
        List<StepKind<?>> kinds = Registry.stepKinds(Configuration.empty(ShippedCases.FOLDER));
        Runbook runbook = new RunbookParser(
                        kinds.stream().<KindSignature>map(StepKind::signature).toList())
                .parse("web_slowdown.yaml", Files.readString(ShippedCases.FOLDER.resolve("web_slowdown.yaml")))
                .runbook()
                .orElseThrow();
        CaseReader reader = new CaseReader(runbook);
        Replay replay = new Replay(kinds);
        List<Path> files;
        try (Stream<Path> listed = Files.list(ShippedCases.FOLDER.resolve("web_slowdown.cases"))) {
            files = listed.sorted().toList();
        }
        Random random = new Random(5);
        int run = 0;
        for (int i = 0; i < 1_500; i++) {
            String text = damaged(Files.readString(files.get(random.nextInt(files.size()))), random);
            ParsedCase parsed = reader.read("damaged.yaml", text);
            if (parsed.problems().isEmpty() && parsed.content().isPresent()) {
                run++;
                Judge.compare(
                        parsed.content().get(),
                        replay.run(runbook, parsed.content().get()));
            } else {
                assertThat(parsed.problems()).as(text).isNotEmpty();
            }
        }
        assertThat(run).isBetween(50, 1_400);
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + random.nextInt(12));
            damaged.replace(at, random.nextBoolean() ? at : end, PIECES[random.nextInt(PIECES.length)]);
        }
        return damaged.toString();
    }
}
