package dev.whydunit.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in the file: a runbook or problems with places in it, never an exception. */
class MutatedRunbooksTest {
    private static final String PIECES = "{}[]:,'\"\\\n \t&*!|>%@`$#-?~.()0aé𝄞<=";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aDamagedRunbookGivesProblemsWithPlaces(long seed) {
        String example = RunbookParserTest.resource(seed % 2 == 0 ? "web_slowdown.yaml" : "mistakes.yaml");
        Random random = new Random(seed);
        for (int i = 0; i < 250; i++) {
            StringBuilder damaged = new StringBuilder(example);
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damage(damaged, random);
            }
            String text = damaged.toString();
            ParsedRunbook parsed = RunbookParserTest.PARSER.parse("damaged.yaml", text);
            assertThat(parsed.runbook().isPresent()).isEqualTo(parsed.problems().isEmpty());
            for (Problem problem : parsed.problems()) {
                assertThat(problem.position().line())
                        .isLessThanOrEqualTo((int) text.lines().count() + 1);
                assertThat(ProblemRenderer.full(problem, text)).contains(problem.code());
            }
        }
    }

    private static void damage(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        int length = Math.min(text.length() - at, 1 + random.nextInt(12));
        switch (random.nextInt(3)) {
            case 0 -> text.delete(at, at + length);
            case 1 -> text.insert(at, text.substring(at, at + length));
            default -> text.insert(at, Character.toString(PIECES.codePointAt(random.nextInt(PIECES.length()))));
        }
    }
}
