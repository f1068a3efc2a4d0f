package dev.whydunit.report;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Event;
import dev.whydunit.schema.Spelling;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One step: why it was chosen, what it sent, what came back, and what was read from that. */
public final class StepScreen {
    /** A query of a step is shown whole, as far as a screen goes. */
    private static final int MOST_QUERY_LINES = 200;

    private final Summary summary;
    private final List<Event> events;
    private final String step;
    private final Function<Artifact, Optional<String>> where;
    private final Screen screen;

    private StepScreen(
            String id, List<Event> events, String step, Function<Artifact, Optional<String>> where, TextStyle style) {
        this.summary = SummaryFold.of(id, events);
        this.events = events;
        this.step = step;
        this.where = where;
        this.screen = new Screen(style);
    }

    /** Whether the runbook has such a step. */
    public static boolean isKnown(List<Event> events, String step) {
        return StepFactsOf.by(events).containsKey(step);
    }

    /** What is wrong with an id that is none, and what to do. */
    public static String unknown(List<Event> events, String step) {
        return "the runbook has no step " + step + "; "
                + Spelling.didYouMeanOr(step, StepFactsOf.by(events).keySet(), "there are");
    }

    /**
     * As text.
     *
     * @param id of the investigation
     * @param events from the first on
     * @param step its id
     * @param where the file of an artifact is; empty when it is not to be had here
     */
    public static String text(
            String id, List<Event> events, String step, Function<Artifact, Optional<String>> where, TextStyle style) {
        return new StepScreen(id, events, step, where, style).draw();
    }

    private String draw() {
        List<Summary.StepSummary> looks =
                summary.steps().stream().filter(it -> it.id().equals(step)).toList();
        if (looks.isEmpty()) {
            notYet();
        }
        looks.forEach(this::look);
        unread();
        List<Screen.Command> commands = new ArrayList<>();
        commands.add(new Screen.Command(
                "whydunit step " + step + " --of " + summary.id() + " -o json", "all of its result"));
        commands.add(new Screen.Command("whydunit timeline --of " + summary.id(), "what happened around it"));
        screen.commands(commands);
        return screen.text();
    }

    private void notYet() {
        String status = OpenSteps.running(events).contains(step)
                ? "runs now"
                : summary.ending().equals("running") ? "has not run yet" : "was not run";
        screen.headingAsIs("STEP " + step + "  " + status);
        title();
        OpenSteps.chosen(events, step).ifPresent(why -> screen.paragraph("  chosen   ", why, Colour.NONE));
        OpenSteps.queries(events, step).forEach(query -> screen.query("  ", query, MOST_QUERY_LINES, ""));
    }

    private void title() {
        Optional.ofNullable(StepFactsOf.by(events).get(step))
                .filter(facts -> !facts.title().equals(step))
                .ifPresent(facts -> screen.paragraph("", facts.title(), Colour.NONE));
    }

    private void look(Summary.StepSummary look) {
        String target = look.host().map(host -> " on " + host).orElse("");
        screen.headingAsIs("STEP " + step + target + "  " + look.status().replace('_', ' '));
        title();
        String took = look.startedAt().isPresent()
                ? look.startedAt().get().truncatedTo(ChronoUnit.SECONDS) + ", took " + Wording.seconds(look.seconds())
                : "not begun";
        screen.paragraph("  kind     ", look.kind() + ", " + took, Colour.NONE);
        if (!look.why().isEmpty()) {
            screen.paragraph(look.startedAt().isPresent() ? "  chosen   " : "  why not  ", look.why(), Colour.NONE);
        }
        look.error().ifPresent(error -> screen.paragraph("  error    ", error, Colour.YELLOW));
        look.help().ifPresent(help -> screen.paragraph("  help     ", help, Colour.GREEN));
        look.caveats().forEach(caveat -> screen.paragraph("  but      ", caveat, Colour.YELLOW));
        if (!look.query().isBlank()) {
            screen.heading("Query");
            screen.query("  ", look.query(), MOST_QUERY_LINES, "whydunit step " + step + " -o json");
        }
        findings(look);
        if (!look.result().isEmpty()) {
            screen.heading("Result");
            ResultText.draw(screen, look.result(), "whydunit step " + step + " --of " + summary.id() + " -o json");
        }
        files(look.artifacts());
    }

    private List<Summary.EvidenceSummary> read(Summary.StepSummary look) {
        String observation = step + look.host().map(host -> "@" + host).orElse("");
        return summary.evidence().stream()
                .filter(it -> it.step().equals(step) && it.observation().equals(observation))
                .toList();
    }

    private void findings(Summary.StepSummary look) {
        List<Summary.EvidenceSummary> read = read(look);
        if (read.isEmpty()) {
            return;
        }
        screen.heading("Read from it");
        for (Summary.EvidenceSummary finding : read) {
            Wording.Said said = Wording.said(finding);
            screen.paragraph("  " + screen.tick(finding.outcome()) + " ", said.sentence(), Colour.NONE);
            if (!said.name().isEmpty()) {
                screen.paragraph("    ", said.name(), Colour.DIM);
            }
            List<String> moved = new ArrayList<>();
            finding.moved().forEach((path, nats) -> moved.add(path + " " + Wording.factor(nats)));
            if (!moved.isEmpty()) {
                screen.paragraph("    moves ", String.join(", ", moved), Colour.NONE);
            }
        }
    }

    /** What could not be read from it, of whatever target. */
    private void unread() {
        List<Event.FindingRead> unknown = OpenSteps.unread(events, step);
        if (unknown.isEmpty()) {
            return;
        }
        screen.heading("Not known");
        unknown.forEach(it -> screen.paragraph("  ? ", it.finding() + ": " + it.says(), Colour.NONE));
    }

    private void files(List<Artifact> files) {
        if (files.isEmpty()) {
            return;
        }
        screen.heading("Files");
        for (Artifact file : files) {
            screen.paragraph("  ", file.name() + ", " + Wording.bytes(file.bytes()), Colour.NONE);
            screen.line("    sha256 " + screen.shown(file.sha256()));
            where.apply(file)
                    .ifPresentOrElse(
                            path -> screen.line("    " + screen.painted(screen.shown(path), Colour.CYAN)),
                            () -> screen.paragraph("    ", "is not on this machine", Colour.DIM));
        }
    }

    /** As one JSON document. */
    public static String json(String id, List<Event> events, String step, Function<Artifact, Optional<String>> where) {
        Summary summary = SummaryFold.of(id, events);
        Map<String, Object> document = JsonDocument.about(summary);
        document.put("step", step);
        document.put("running", OpenSteps.running(events).contains(step));
        List<Map<String, Object>> looks = new ArrayList<>();
        for (Summary.StepSummary look : summary.steps()) {
            if (look.id().equals(step)) {
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("target", look.host());
                item.put("kind", look.kind());
                item.put("status", look.status());
                item.put("why", look.why());
                item.put("startedAt", look.startedAt().map(Object::toString));
                item.put("seconds", look.seconds());
                item.put("error", look.error());
                item.put("help", look.help());
                item.put("caveats", look.caveats());
                item.put("query", look.query());
                item.put("result", look.result());
                item.put(
                        "artifacts",
                        look.artifacts().stream().map(file -> file(file, where)).toList());
                looks.add(item);
            }
        }
        document.put("looks", looks);
        document.put(
                "findings",
                summary.evidence().stream()
                        .filter(it -> it.step().equals(step))
                        .map(StepScreen::finding)
                        .toList());
        document.put(
                "notKnown",
                OpenSteps.unread(events, step).stream()
                        .map(it -> Map.of("finding", it.finding(), "why", it.says()))
                        .toList());
        return JsonDocument.write(document);
    }

    private static Map<String, Object> finding(Summary.EvidenceSummary finding) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", finding.id());
        item.put("outcome", finding.outcome());
        item.put("says", finding.says());
        item.put("moved", JsonDocument.rounded(finding.moved()));
        item.put("observation", finding.observation());
        return item;
    }

    private static Map<String, Object> file(Artifact file, Function<Artifact, Optional<String>> where) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", file.name());
        item.put("bytes", file.bytes());
        item.put("sha256", file.sha256());
        item.put("path", where.apply(file));
        return item;
    }
}
