package dev.whydunit.report;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GoldenTest {
    @Test
    void aConcludedInvestigationInEveryFormat() throws IOException {
        GoldenFile.assertSame("concluded.txt", SummaryText.write(SampleSummary.concluded(), TextStyle.PLAIN));
        GoldenFile.assertSame("concluded.json", SummaryJson.write(SampleSummary.concluded()));
        GoldenFile.assertSame("concluded.md", SummaryMarkdown.write(SampleSummary.concluded()));
        GoldenFile.assertSame("concluded.html", SummaryHtml.write(SampleSummary.concluded()));
    }

    @Test
    void aStoppedInvestigationInEveryFormat() throws IOException {
        GoldenFile.assertSame("inconclusive.txt", SummaryText.write(SampleSummary.inconclusive(), TextStyle.PLAIN));
        GoldenFile.assertSame("inconclusive.md", SummaryMarkdown.write(SampleSummary.inconclusive()));
        GoldenFile.assertSame("inconclusive.html", SummaryHtml.write(SampleSummary.inconclusive()));
    }

    @Test
    void anAbsentSymptomAsText() throws IOException {
        GoldenFile.assertSame("symptom_absent.txt", SummaryText.write(SampleSummary.symptomAbsent(), TextStyle.PLAIN));
    }

    @Test
    void aNarrowOldTerminal() throws IOException {
        GoldenFile.assertSame(
                "concluded-ascii-50.txt",
                SummaryText.write(SampleSummary.concluded(), new TextStyle(50, false, false)));
    }

    @Test
    void hostileTextInEveryFormat() throws IOException {
        GoldenFile.assertSame("hostile.txt", SummaryText.write(SampleSummary.hostile(), TextStyle.PLAIN));
        GoldenFile.assertSame("hostile.md", SummaryMarkdown.write(SampleSummary.hostile()));
        GoldenFile.assertSame("hostile.html", SummaryHtml.write(SampleSummary.hostile()));
    }
}
