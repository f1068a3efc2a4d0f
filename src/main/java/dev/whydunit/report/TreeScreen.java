package dev.whydunit.report;

import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hypotheses as a tree: how probable each is, how it got there, which leads and which a person ruled out. */
public final class TreeScreen {
    private static final int MOST_ROWS = 60;
    private static final int NAME = 26;
    private static final int PERCENT = 7;
    private static final int NARROW_BAR = 6;

    /** From this width on a row fits on one line. */
    private static final int ONE_LINE = 72;

    private final Summary summary;
    private final List<Event> events;
    private final Screen screen;
    private final Optional<String> leading;

    private TreeScreen(String id, List<Event> events, TextStyle style) {
        this.summary = SummaryFold.of(id, events);
        this.events = events;
        this.screen = new Screen(style);
        this.leading = Hypotheses.leading(summary);
    }

    /**
     * As text.
     *
     * @param id of the investigation
     * @param events from the first on
     */
    public static String text(String id, List<Event> events, TextStyle style) {
        return new TreeScreen(id, events, style).draw();
    }

    private String draw() {
        screen.paragraph("", Wording.verdict(summary), Colour.BOLD);
        Wording.unfinished(summary).ifPresent(sentence -> screen.paragraph("", sentence, Colour.YELLOW));
        List<Wording.Row> all = Hypotheses.all(summary);
        List<Wording.Row> rows = all.subList(0, Math.min(MOST_ROWS, all.size()));
        screen.heading("Hypotheses");
        boolean wide = screen.width() >= ONE_LINE;
        int name = Math.min(
                NAME,
                rows.stream()
                        .mapToInt(row -> Columns.width(indented(row)))
                        .max()
                        .orElse(0));
        for (Wording.Row row : rows) {
            if (wide) {
                wide(row, name);
            } else {
                narrow(row);
            }
        }
        if (rows.size() < all.size()) {
            screen.paragraph("  ", "and " + (all.size() - rows.size()) + " more: whydunit tree -o json", Colour.DIM);
        }
        if (summary.evidence().isEmpty() && summary.people().isEmpty()) {
            screen.paragraph("  ", "No finding has moved them yet: these are the priors of the runbook.", Colour.DIM);
        }
        screen.commands(commands());
        return screen.text();
    }

    private void wide(Wording.Row row, int name) {
        String before = "  " + Columns.padded(screen.cut(indented(row), name), name) + "  ";
        String line = before + screen.painted(screen.bar(row.probability()), Colour.CYAN) + " " + moved(row) + "  "
                + Columns.padded(spark(row), Sparkline.MOST) + "  ";
        int used = Columns.width(before) + Screen.BAR + 1 + Columns.width(moved(row)) + 2 + Sparkline.MOST + 2;
        List<String> notes = notes(row);
        int left = screen.width() - used;
        String note = String.join(", ", notes);
        String words = note.isEmpty() ? row.claim() : note;
        if (Columns.width(words) <= left || note.isEmpty() && left >= 16) {
            screen.line(line + note(screen.cut(words, left), note));
        } else {
            screen.line(line);
            if (!note.isEmpty()) {
                screen.paragraph("  " + "  ".repeat(row.depth() + 1), note, Colour.YELLOW);
            }
        }
    }

    private String note(String words, String note) {
        return screen.painted(words, note.isEmpty() ? Colour.DIM : Colour.YELLOW);
    }

    private void narrow(Wording.Row row) {
        String note = String.join(", ", notes(row));
        screen.paragraph("  " + "  ".repeat(row.depth()), Hypotheses.name(row), Colour.BOLD);
        screen.line("    " + screen.painted(screen.bar(row.probability(), NARROW_BAR), Colour.CYAN) + " " + moved(row)
                + " " + spark(row));
        if (!note.isEmpty()) {
            screen.paragraph("    ", note, Colour.YELLOW);
        }
    }

    private String moved(Wording.Row row) {
        return ("%" + PERCENT + "s%s%" + PERCENT + "s")
                .formatted(Wording.percent(prior(row)), screen.arrow(), Wording.percent(row.probability()));
    }

    private double prior(Wording.Row row) {
        return summary.prior().getOrDefault(row.path(), 0.0);
    }

    private String spark(Wording.Row row) {
        return Sparkline.of(Sparkline.values(events, row.path(), prior(row)), screen.unicode());
    }

    private List<String> notes(Wording.Row row) {
        return notes(summary, leading, row.path());
    }

    /** That it leads, and what people said of it. */
    private static List<String> notes(Summary summary, Optional<String> leading, String path) {
        List<String> notes = new ArrayList<>();
        boolean moved = !summary.evidence().isEmpty() || !summary.people().isEmpty();
        double unknown = summary.belief().getOrDefault(HypothesisTree.OTHER, 0.0);
        double top = leading.map(it -> summary.belief().getOrDefault(it, 0.0)).orElse(0.0);
        if (moved && leading.equals(Optional.of(path))) {
            boolean verdict = String.join(".", summary.verdict().path()).equals(path);
            notes.add(verdict ? "verdict" : unknown > top ? "most likely of the named" : "leads");
        } else if (moved && path.equals(HypothesisTree.OTHER) && unknown > top) {
            notes.add("leads");
        }
        for (Summary.PersonSummary act : summary.people()) {
            if (act.hypothesis().equals(Optional.of(path))) {
                notes.add((act.act().equals("confirmed") ? "confirmed by " : "ruled out by ") + act.by());
            }
        }
        return notes.stream().distinct().toList();
    }

    private static String indented(Wording.Row row) {
        return "  ".repeat(row.depth()) + Hypotheses.name(row);
    }

    private List<Screen.Command> commands() {
        List<Screen.Command> commands = new ArrayList<>();
        leading.ifPresent(path -> {
            String of = Wording.id(path) + " --of " + summary.id();
            commands.add(new Screen.Command("whydunit why " + of, "what made its number"));
            commands.add(new Screen.Command("whydunit evidence " + of, "for and against it"));
        });
        commands.add(new Screen.Command("whydunit next --of " + summary.id(), "what is next"));
        return commands;
    }

    /** As one JSON document. */
    public static String json(String id, List<Event> events) {
        Summary summary = SummaryFold.of(id, events);
        Optional<String> leading = Hypotheses.leading(summary);
        Map<String, Object> document = JsonDocument.about(summary);
        document.put("leading", leading);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Wording.Row row : Hypotheses.all(summary)) {
            double prior = summary.prior().getOrDefault(row.path(), 0.0);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("hypothesis", row.path());
            item.put("claim", row.claim());
            item.put("prior", JsonDocument.probability(prior));
            item.put("probability", JsonDocument.probability(row.probability()));
            item.put(
                    "went",
                    Sparkline.values(events, row.path(), prior).stream()
                            .map(JsonDocument::probability)
                            .toList());
            item.put("notes", notes(summary, leading, row.path()));
            rows.add(item);
        }
        document.put("hypotheses", rows);
        return JsonDocument.write(document);
    }
}
