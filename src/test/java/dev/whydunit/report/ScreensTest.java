package dev.whydunit.report;

import static dev.whydunit.report.WorkedInvestigation.ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Sequence.Prospect;
import dev.whydunit.journal.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
                new Prospect("kernel", 0.0061, 10, 0.00061, Optional.empty(), Optional.of("steps.plan.rows > 0")),
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
                        ID,
                        EVENTS,
                        prospects,
                        List.of("The runbook was changed since: this is what it says now."),
                        style));
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

    @Test
    void whatTheRunbookDoesNotKnowLeadsWhereItIsMostProbable() {
        List<Event> events = new ArrayList<>(WorkedInvestigation.concluded());
        events.removeIf(event -> event instanceof Event.Judged || event instanceof Event.Ended);
        events.add(new Event.BeliefMoved(
                events.getLast().at(),
                Map.of("other", 0.9, "database", 0.06, "database.slow_query", 0.02, "overload", 0.04)));

        assertThat(TreeScreen.text(ID, events, new TextStyle(120, false, true)))
                .containsPattern("\\(other\\) .*  leads\\n")
                .containsPattern("database .*  most likely of the named\\n");
    }

    @Test
    void theDocumentedScreensAreTheRealOnes() throws IOException {
        String docs = Files.readString(Path.of("docs", "screens.md"));

        for (String name :
                List.of("tree", "evidence-network", "why", "why-branch", "step-failed", "next", "hand-over")) {
            String screen = Files.readString(Path.of("src", "test", "resources", "golden", "screens", name + ".txt"));
            assertThat(docs).contains("```text\n" + screen + "```");
        }
    }

    @Test
    void aJournalThatDoesNotSayWhatFindingsSayIsRead() {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(EventJson.write(EVENTS.getFirst()));
        json.path("runbook").path("steps").forEach(step -> ((ObjectNode) step).remove("pushes"));

        Event.Started old = (Event.Started) EventJson.read(json.toString());

        assertThat(old.runbook().steps())
                .isNotEmpty()
                .allMatch(step -> step.pushes().isEmpty());
        assertThat(EventJson.read(EventJson.write(EVENTS.getFirst()))).isEqualTo(EVENTS.getFirst());
    }

    private static List<String> all(List<Event> events, TextStyle style) {
        Summary summary = SummaryFold.of(ID, events);
        return List.of(
                TreeScreen.text(ID, events, style),
                EvidenceScreen.text(ID, events, CAUSE, style),
                WhyScreen.text(ID, events, CAUSE, style),
                StepScreen.text(ID, events, "slow_statements", file -> Optional.empty(), style),
                StepScreen.text(ID, events, "wire", file -> Optional.empty(), style),
                NextScreen.text(ID, events, List.of(), List.of(), style),
                Timeline.text(events, style, ZoneId.of("Asia/Kolkata")),
                CompareScreen.text(summary, summary, style),
                HandOver.text(ID, events, style));
    }

    /** Queries, commands, files and their hashes are to be pasted and so are never broken. */
    private static boolean isToBePasted(String line) {
        return line.contains("│") || line.contains("whydunit ") || line.contains("sha256 ");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (List<Event> events :
                List.of(EVENTS, WorkedInvestigation.begun(), WorkedInvestigation.ofAnOlderVersion())) {
            for (int width : List.of(40, 57, 80, 132)) {
                for (String screen : all(events, new TextStyle(width, false, true))) {
                    assertThat(screen.lines().filter(line -> !isToBePasted(line)))
                            .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(width));
                }
            }
        }
    }

    @Test
    void anOldTerminalGetsAsciiAlone() {
        assertThat(all(EVENTS, new TextStyle(80, false, false)))
                .allSatisfy(screen -> assertThat(screen.chars()).allMatch(it -> it == '\n' || it >= 0x20 && it < 0x7f));
    }

    @Test
    void coloursOnlyPaintWhatIsThereWithoutThem() {
        List<String> plain = all(EVENTS, TextStyle.PLAIN);
        List<String> painted = all(EVENTS, new TextStyle(80, true, true));

        assertThat(painted.toString()).contains("\u001b[1m");
        assertThat(painted.stream()
                        .map(screen -> screen.replaceAll("\u001b\\[[0-9]*m", "").replaceAll(" +\n", "\n")))
                .containsExactlyElementsOf(plain);
    }

    @Test
    void whatStrangersSaidCommandsNoTerminal() {
        List<Event> events = WorkedInvestigation.hostile(SampleSummary.HOSTILE);

        for (String screen : all(events, TextStyle.PLAIN)) {
            assertThat(screen.replace("\n", "").chars()).noneMatch(Character::isISOControl);
            assertThat(screen).doesNotContain("\u202e");
        }
        assertThat(HandOver.markdown(ID, events).replace("\n", "").chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void everyJsonIsOneDocumentWithItsVersion() {
        Summary summary = SummaryFold.of(ID, EVENTS);
        for (String json : List.of(
                TreeScreen.json(ID, EVENTS),
                EvidenceScreen.json(ID, EVENTS, CAUSE),
                WhyScreen.json(ID, EVENTS, CAUSE),
                WhyScreen.json(ID, EVENTS, "database"),
                StepScreen.json(ID, EVENTS, "plan", file -> Optional.empty()),
                NextScreen.json(ID, EVENTS, List.of(), List.of()),
                CompareScreen.json(summary, summary),
                HandOver.json(ID, EVENTS))) {
            assertThat(JsonMapper.shared().readTree(json).path("schemaVersion").asInt())
                    .isEqualTo(1);
            assertThat(json.chars()).allMatch(it -> it < 0x7f);
        }
    }

    @Test
    void aResultIsCutWithAWordOfWhatWasCut() {
        Screen screen = new Screen(TextStyle.PLAIN);
        List<Map<String, Object>> rows = IntStream.range(0, 40)
                .mapToObj(i -> Map.<String, Object>of("n", i))
                .toList();

        ResultText.draw(screen, Map.of("rows", rows), "whydunit step x -o json");

        assertThat(screen.text()).contains("and 25 more values or rows: whydunit step x -o json");
        assertThat(screen.text().lines()).hasSizeLessThan(20);
    }
}
