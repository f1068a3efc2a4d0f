package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Sequence.Prospect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which step is next and why, in bits and seconds, and why those before it were. */
public final class NextScreen {
    private static final int NUMBERS = 8 + 8 + 9;
    private static final int MOST_NAME = 34;
    private static final int MOST_ROWS = 30;

    private final Summary summary;
    private final List<Event> events;
    private final List<Prospect> prospects;
    private final List<String> remarks;
    private final Screen screen;

    private NextScreen(String id, List<Event> events, List<Prospect> prospects, List<String> remarks, TextStyle style) {
        this.summary = SummaryFold.of(id, events);
        this.events = events;
        this.prospects = prospects;
        this.remarks = remarks;
        this.screen = new Screen(style);
    }

    /**
     * The steps that have looked at something or look now: all others can still be run.
     *
     * @param events from the first on
     */
    public static Set<String> looked(List<Event> events) {
        Set<String> looked = OpenSteps.running(events);
        for (Event event : events) {
            if (event instanceof Event.StepEnded ended) {
                looked.add(ended.step());
            }
        }
        return looked;
    }

    /** The steps that look now. */
    public static Set<String> running(List<Event> events) {
        return OpenSteps.running(events);
    }

    /**
     * As text.
     *
     * @param id of the investigation
     * @param events from the first on
     * @param prospects of the steps that have not run, in their order
     * @param remarks what the reader must know of them, such as that the runbook was changed since
     */
    public static String text(
            String id, List<Event> events, List<Prospect> prospects, List<String> remarks, TextStyle style) {
        return new NextScreen(id, events, prospects, remarks, style).draw();
    }

    private String draw() {
        running();
        Optional<Prospect> next =
                prospects.stream().filter(it -> it.obstacle().isEmpty()).findFirst();
        if (next.isPresent()) {
            screen.headingAsIs("NEXT " + next.get().step());
            screen.paragraph("  ", sentence(next.get()), Colour.NONE);
        } else {
            screen.headingAsIs("NEXT nothing");
            screen.paragraph("  ", nothing(), Colour.NONE);
            Wording.nextSteps(summary).forEach(step -> screen.paragraph(screen.bullet(), step, Colour.NONE));
        }
        remarks.forEach(remark -> screen.paragraph("  ", remark, Colour.YELLOW));
        ranking();
        chosen();
        commands(next);
        return screen.text();
    }

    private void running() {
        Set<String> running = OpenSteps.running(events);
        if (!running.isEmpty()) {
            screen.heading("Running now");
            for (String step : running) {
                screen.paragraph(
                        "  ",
                        step
                                + OpenSteps.chosen(events, step)
                                        .map(why -> ": " + why)
                                        .orElse(""),
                        Colour.NONE);
                OpenSteps.queries(events, step).forEach(query -> screen.query("    ", query, "whydunit step " + step));
            }
        }
    }

    private static String sentence(Prospect it) {
        String own = number(it.gainBits(), 4) + " bits for " + seconds(it.costSeconds()) + " s";
        double alone = it.gainBits() / Math.max(0.001, it.costSeconds());
        return it.score() > alone + 1e-9
                ? own + "; with a step that needs it, " + number(it.score(), 4) + " bits a second: the most of all"
                : own + ", " + number(it.score(), 4) + " bits a second: the most of all that may run";
    }

    private String nothing() {
        if (prospects.isEmpty()) {
            return remarks.isEmpty()
                    ? "Every step of this runbook has been run or runs now."
                    : "What has not run cannot be told.";
        }
        return "No step that has not run may run or is worth it; why is said with each.";
    }

    private void ranking() {
        if (prospects.isEmpty()) {
            return;
        }
        screen.heading("What has not run");
        int room = Math.min(MOST_NAME, screen.width() - 2 - NUMBERS);
        screen.line("  "
                + screen.painted(
                        Columns.padded("step", room) + "%8s%8s%9s".formatted("bits", "seconds", "bits/s"), Colour.DIM));
        for (Prospect it : prospects.stream().limit(MOST_ROWS).toList()) {
            screen.line("  " + Columns.padded(screen.cut(it.step(), room), room)
                    + "%8s%8s%9s"
                            .formatted(number(it.gainBits(), 4), seconds(it.costSeconds()), number(it.score(), 4)));
            it.obstacle().ifPresent(why -> screen.paragraph("    ", why, Colour.YELLOW));
            it.condition().ifPresent(condition -> screen.paragraph("    only if ", condition, Colour.DIM));
            before(it).ifPresent(why -> screen.paragraph("    in this run: ", why, Colour.DIM));
        }
        if (prospects.size() > MOST_ROWS) {
            screen.paragraph("  ", "and " + (prospects.size() - MOST_ROWS) + " more: -o json", Colour.DIM);
        }
    }

    /** Why the investigation itself did not run it, where that is not said already. */
    private Optional<String> before(Prospect it) {
        return summary.steps().stream()
                .filter(step -> step.id().equals(it.step()) && step.startedAt().isEmpty())
                .map(step -> step.status().replace('_', ' ') + ": " + step.why())
                .filter(why -> it.obstacle().filter(why::endsWith).isEmpty())
                .findFirst();
    }

    private void chosen() {
        screen.heading("Chosen so far");
        int number = 0;
        for (Event event : events) {
            if (event instanceof Event.StepChosen chosen) {
                number++;
                screen.paragraph("%4d. ".formatted(number), chosen.step() + ": " + chosen.why(), Colour.NONE);
            }
        }
        if (number == 0) {
            screen.paragraph("  ", "Nothing yet.", Colour.DIM);
        }
    }

    private void commands(Optional<Prospect> next) {
        List<Screen.Command> commands = new ArrayList<>();
        boolean ended = !summary.ending().equals("running");
        if (ended) {
            next.ifPresent(it -> commands.add(
                    new Screen.Command("whydunit redo " + it.step() + " --of " + summary.id(), "run it after all")));
        }
        commands.add(new Screen.Command("whydunit tree --of " + summary.id(), "where belief stands"));
        commands.add(new Screen.Command("whydunit run " + summary.runbook() + " --dry-run", "every query beforehand"));
        screen.commands(commands);
    }

    private static String number(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private static String seconds(double seconds) {
        return number(seconds, seconds < 9.95 ? 1 : 0);
    }

    /** As one JSON document. */
    public static String json(String id, List<Event> events, List<Prospect> prospects, List<String> remarks) {
        Summary summary = SummaryFold.of(id, events);
        Map<String, Object> document = JsonDocument.about(summary);
        document.put("remarks", remarks);
        document.put("running", OpenSteps.running(events));
        document.put(
                "next",
                prospects.stream()
                        .filter(it -> it.obstacle().isEmpty())
                        .map(Prospect::step)
                        .findFirst());
        List<Map<String, Object>> waiting = new ArrayList<>();
        for (Prospect it : prospects) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("step", it.step());
            item.put("gainBits", JsonDocument.rounded(it.gainBits()));
            item.put("costSeconds", JsonDocument.rounded(it.costSeconds()));
            item.put("bitsPerSecond", JsonDocument.rounded(it.score()));
            item.put("obstacle", it.obstacle());
            item.put("condition", it.condition());
            waiting.add(item);
        }
        document.put("notRun", waiting);
        List<Map<String, Object>> chosen = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.StepChosen it) {
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("step", it.step());
                item.put("at", it.at().toString());
                item.put("why", it.why());
                item.put("gainBits", JsonDocument.rounded(it.gainBits()));
                item.put("costSeconds", JsonDocument.rounded(it.costSeconds()));
                chosen.add(item);
            }
        }
        document.put("chosen", chosen);
        return JsonDocument.write(document);
    }
}
