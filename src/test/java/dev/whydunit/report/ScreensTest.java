package dev.whydunit.report;

import static dev.whydunit.report.WorkedInvestigation.ID;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Sequence.Prospect;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What people read, as it is on a modern, an old and a narrow terminal. */
class ScreensTest {
    private static final List<Event> EVENTS = WorkedInvestigation.withPeople();
    private static final String CAUSE = "database.slow_query";

    private static void same(String name, Function<TextStyle, String> draw) throws IOException {
        GoldenFile.assertSame("screens/" + name + ".txt", draw.apply(TextStyle.PLAIN));
        GoldenFile.assertSame("screens/" + name + "-ascii.txt", draw.apply(new TextStyle(80, false, false)));
        GoldenFile.assertSame("screens/" + name + "-40.txt", draw.apply(new TextStyle(40, false, true)));
    }

    @Test
    void theTree() throws IOException {
        same("tree", style -> TreeScreen.text(ID, EVENTS, style));
    }

    @Test
    void theTreeOfAnInvestigationThatHasJustBegun() throws IOException {
        same("tree-begun", style -> TreeScreen.text(ID, WorkedInvestigation.begun(), style));
    }

    @Test
    void theEvidenceForTheVerdict() throws IOException {
        same("evidence", style -> EvidenceScreen.text(ID, EVENTS, CAUSE, style));
    }

    @Test
    void theEvidenceAgainstACause() throws IOException {
        same("evidence-network", style -> EvidenceScreen.text(ID, EVENTS, "network", style));
    }

    @Test
    void whyAProbabilityIsWhatItIs() throws IOException {
        same("why", style -> WhyScreen.text(ID, EVENTS, CAUSE, style));
    }

    @Test
    void whyABranchIsAsProbableAsItIs() throws IOException {
        same("why-branch", style -> WhyScreen.text(ID, EVENTS, "database", style));
    }

    @Test
    void aStepThatLooked() throws IOException {
        same(
                "step",
                style -> StepScreen.text(
                        ID, EVENTS, "slow_statements", file -> Optional.of("/state/artifacts/ab/ab"), style));
    }

    @Test
    void aStepThatFailed() throws IOException {
        same("step-failed", style -> StepScreen.text(ID, EVENTS, "wire", file -> Optional.empty(), style));
    }

    @Test
    void theTimelineWithTheReadersTimeBeside() throws IOException {
        same("timeline", style -> Timeline.text(EVENTS, style, ZoneId.of("Europe/Berlin")));
    }

    @Test
    void whatIsNext() throws IOException {
        List<Prospect> prospects = List.of(
                new Prospect("wire", 0.0061, 10, 0.00061, Optional.empty(), Optional.of("steps.plan.rows > 0")),
                new Prospect(
                        "profile",
                        0.2017,
                        1,
                        0.2017,
                        Optional.of("the verdict is clear; it would tell 0.0002 bits"),
                        Optional.empty()));
        same(
                "next",
                style -> NextScreen.text(
                        ID, EVENTS, prospects, List.of("The runbook was changed since: this is what it says now."), style));
    }

    @Test
    void twoInvestigationsBesideEachOther() throws IOException {
        Summary one = SummaryFold.of("20260301-000000-0001", WorkedInvestigation.begun());
        Summary another = SummaryFold.of(ID, EVENTS);
        same("compare", style -> CompareScreen.text(one, another, style));
    }

    @Test
    void whatTheNextShiftMustKnow() throws IOException {
        same("hand-over", style -> HandOver.text(ID, EVENTS, style));
        GoldenFile.assertSame("screens/hand-over.md", HandOver.markdown(ID, EVENTS));
    }
}
