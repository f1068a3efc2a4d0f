package dev.whydunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTextTest {
    private static final List<Summary> SAMPLES = List.of(
            SampleSummary.concluded(),
            SampleSummary.inconclusive(),
            SampleSummary.symptomAbsent(),
            SampleSummary.narrowed(true),
            SampleSummary.hostile());

    @Test
    void theFirstLineAnswersWhy() {
        assertThat(firstLine(SampleSummary.concluded()))
                .isEqualTo("Why: One query reads far more rows than it returns (84.3 %).");
        assertThat(firstLine(SampleSummary.narrowed(true)))
                .isEqualTo("Why: The database answers slowly (>99.9 %); what lies behind it is not settled.");
        assertThat(firstLine(SampleSummary.symptomAbsent()))
                .isEqualTo("Nothing is wrong now: \"p95 latency of shop is above 300 ms\" was not found.");
        assertThat(firstLine(SampleSummary.inconclusive()))
                .isEqualTo("No verdict. The evidence does not single out a cause. Most likely so far: The");
    }

    @Test
    void withoutAVerdictTheMostProbableCauseIsNamed() {
        assertThat(SummaryText.write(SampleSummary.inconclusive(), new TextStyle(200, false, true)))
                .startsWith("No verdict. The evidence does not single out a cause. Most likely so far: "
                        + "The database answers slowly (84.5 %).\nInterrupted: this is what was known by then.\n");
    }

    @Test
    void itIsSaidHowWellTheVerdictStands() {
        assertThat(SummaryText.write(SampleSummary.narrowed(true), TextStyle.PLAIN))
                .contains("Holds without any one of its findings.");
        assertThat(SummaryText.write(SampleSummary.narrowed(false, "plan"), TextStyle.PLAIN))
                .contains("Rests on plan alone: without it, the verdict would not be this one.");
        assertThat(SummaryText.write(SampleSummary.narrowed(false, "a", "b", "c"), TextStyle.PLAIN))
                .contains("Rests on a, b and c: without any one of them, the verdict would not be this one.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 57, 80, 132})
    void noLineButThoseOfQueriesIsLongerThanTheWidth(int width) {
        for (boolean unicode : new boolean[] {true, false}) {
            for (Summary sample : SAMPLES) {
                assertThat(SummaryText.write(sample, new TextStyle(width, false, unicode))
                                .lines()
                                .filter(line -> !line.startsWith("      │ ") && !line.startsWith("      | ")))
                        .allSatisfy(line ->
                                assertThat(Columns.width(line)).as(line).isLessThanOrEqualTo(Math.max(40, width)));
            }
        }
    }

    @Test
    void aQueryStandsUnbrokenUnderItsEvidence() {
        assertThat(SummaryText.write(SampleSummary.concluded(), new TextStyle(40, false, true)))
                .contains(
                        "│ histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service=\"shop\"}[5m])))\n")
                .contains("│ select wait_event_type, count(*) n\n      │   from pg_stat_activity\n");
    }

    @Test
    void nothingOfAStrangerCommandsTheTerminal() {
        for (TextStyle style : List.of(TextStyle.PLAIN, new TextStyle(80, false, false))) {
            String text = SummaryText.write(SampleSummary.hostile(), style);
            assertThat(text.replace("\n", "").codePoints())
                    .noneMatch(character ->
                            Character.isISOControl(character) || Character.getType(character) == Character.FORMAT);
            assertThat(text).contains("\\x1b[2J\\x9b31m\\u202e");
        }
        assertThat(SummaryText.write(SampleSummary.hostile(), new TextStyle(80, true, true))
                        .replaceAll("\u001b\\[\\d*m", ""))
                .isEqualTo(SummaryText.write(SampleSummary.hostile(), TextStyle.PLAIN));
    }

    @Test
    void colourSaysNothingThatWordsDoNot() {
        for (Summary sample : SAMPLES) {
            String coloured = SummaryText.write(sample, new TextStyle(80, true, true));
            assertThat(coloured).contains("\u001b[1m");
            assertThat(coloured.replaceAll("\u001b\\[\\d*m", "").lines().map(String::stripTrailing))
                    .containsExactlyElementsOf(
                            SummaryText.write(sample, TextStyle.PLAIN).lines().toList());
        }
    }

    @Test
    void anOldTerminalGetsAsciiAlone() {
        for (Summary sample : SAMPLES) {
            assertThat(SummaryText.write(sample, new TextStyle(80, false, false))
                            .chars())
                    .allMatch(character -> character == '\n' || character >= 0x20 && character < 0x7f);
        }
    }

    @Test
    void certaintyIsNeverClaimed() {
        for (Summary sample : SAMPLES) {
            for (String text : List.of(
                    SummaryText.write(sample, TextStyle.PLAIN),
                    SummaryMarkdown.write(sample),
                    SummaryHtml.write(sample).replace("&nbsp;", " "))) {
                assertThat(text).doesNotContain("100 %", "100.0 %").doesNotContainPattern("[^.\\d]0(\\.0)? %");
            }
        }
        assertThat(Wording.percent(1)).isEqualTo(">99.9 %");
        assertThat(Wording.percent(0.99951)).isEqualTo(">99.9 %");
        assertThat(Wording.percent(0.9994)).isEqualTo("99.9 %");
        assertThat(Wording.percent(0)).isEqualTo("<0.1 %");
        assertThat(Wording.percent(0.0004)).isEqualTo("<0.1 %");
        assertThat(Wording.percent(0.5)).isEqualTo("50.0 %");
    }

    @Test
    void aMovementIsShownAsAFactor() {
        assertThat(Wording.factor(Math.log(20))).isEqualTo("×20");
        assertThat(Wording.factor(-Math.log(1000))).isEqualTo("÷1000");
        assertThat(Wording.factor(Math.log(0.2 / 0.96))).isEqualTo("÷4.8");
        assertThat(Wording.factor(1e6)).isEqualTo("×1000000");
    }

    @Test
    void aLongScriptIsCutAndTheCutIsSaid() {
        Summary sample = SampleSummary.withQuery("echo\n".repeat(100));

        assertThat(SummaryText.write(sample, TextStyle.PLAIN))
                .contains("│ and 88 more lines: whydunit investigation show");
    }

    private static String firstLine(Summary summary) {
        return SummaryText.write(summary, TextStyle.PLAIN).lines().findFirst().orElseThrow();
    }
}
