package dev.whydunit.report;

import dev.whydunit.engine.Event;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens a probability into what made it, so that a reader can work it out again with a pocket calculator. */
public final class WhyScreen {
    private static final int NATS = 9;
    private static final int FACTOR = 7;
    private static final int WEIGHT = 9;
    private static final int SHARE = 7;
    private static final int MOST_LEAVES = 12;
    private static final int MOST_LABEL = 46;

    /** A journal whose belief is further than this from the arithmetic was not made by it. */
    private static final double ROUNDING = 0.0005;

    private final Summary summary;
    private final Arithmetic arithmetic;
    private final String path;
    private final Screen screen;

    private WhyScreen(String id, List<Event> events, String path, TextStyle style) {
        this.summary = SummaryFold.of(id, events);
        this.arithmetic = Arithmetic.of(summary, events);
        this.path = path;
        this.screen = new Screen(style);
    }

    /**
     * As text.
     *
     * @param id of the investigation
     * @param events from the first on
     * @param path of the hypothesis, see {@link HypothesisName#path}
     */
    public static String text(String id, List<Event> events, String path, TextStyle style) {
        return new WhyScreen(id, events, path, style).draw();
    }

    private String draw() {
        screen.headingAsIs("WHY " + path + "  " + Wording.percent(probability(path)));
        screen.paragraph("", Wording.claim(summary, path), Colour.NONE);
        if (Hypotheses.isLeaf(summary, path)) {
            pushes();
            shares();
            doubts();
        } else {
            leaves();
        }
        screen.commands(commands());
        return screen.text();
    }

    private double probability(String node) {
        return summary.belief().getOrDefault(node, 0.0);
    }

    private void pushes() {
        screen.heading("What pushes it");
        number("  ", "", "nats", "factor", Colour.DIM);
        number(
                "  ",
                "ln prior " + Figures.decimals(arithmetic.prior(path), 4),
                Figures.nats(arithmetic.lnPrior(path)),
                "",
                Colour.NONE);
        int elsewhere = 0;
        boolean any = false;
        for (Arithmetic.Group group : arithmetic.groups()) {
            List<Arithmetic.Counted> pushes = group.on(path);
            elsewhere += (int) group.pushes().stream()
                    .filter(push -> !push.moved().isEmpty() && push.on(path) == 0)
                    .count();
            if (!pushes.isEmpty()) {
                any = true;
                screen.paragraph("  ", "group " + group.name(), Colour.DIM);
                pushes.forEach(push -> push(group, push));
            }
        }
        number("  ", "sum", Figures.nats(arithmetic.sum(path)), "", Colour.BOLD);
        if (!any) {
            screen.paragraph("  ", "No finding pushes it: only what pushes the others moves its share.", Colour.DIM);
        }
        if (elsewhere > 0) {
            screen.paragraph(
                    "  ",
                    elsewhere + (elsewhere == 1 ? " finding pushes" : " findings push")
                            + " others only, and so count in their sums.",
                    Colour.DIM);
        }
    }

    private void push(Arithmetic.Group group, Arithmetic.Counted counted) {
        String before = "    " + screen.tick(counted.push().outcome()) + " ";
        String id = counted.push().id();
        String label =
                id.startsWith(group.name() + ".") ? id.substring(group.name().length() + 1) : id;
        if (counted.counts()) {
            number(before, label, Figures.nats(counted.nats()), Wording.factor(counted.nats()), Colour.NONE);
        } else {
            number(before, label, "(" + Figures.nats(counted.nats()) + ")", "", Colour.DIM);
            screen.paragraph("      ", "not counted: the strongest of a group counts once", Colour.DIM);
        }
        if (!counted.push().says().isEmpty()) {
            screen.paragraph("      ", counted.push().says(), Colour.NONE);
        }
    }

    /** A label, and numbers in their columns. */
    private void number(String before, String label, String nats, String factor, Colour colour) {
        int room = Math.min(MOST_LABEL, screen.width() - NATS - 1 - FACTOR) - Columns.width(before);
        String words = screen.shown(label);
        if (Columns.width(words) > room) {
            screen.paragraph(before, label, colour);
            screen.line(" ".repeat(Columns.width(before) + room)
                    + screen.painted(
                            Figures.right(nats, NATS + 1) + Figures.right(screen.shown(factor), FACTOR), colour));
        } else {
            screen.line(before
                    + screen.painted(
                            Columns.padded(words, room)
                                    + Figures.right(nats, NATS + 1)
                                    + Figures.right(screen.shown(factor), FACTOR),
                            colour));
        }
    }

    private void shares() {
        List<Arithmetic.Share> shares = arithmetic.shares();
        double shift = arithmetic.shift();
        screen.heading("Its share among all causes");
        String power = shift == 0 ? "e^sum" : "e^(sum" + Figures.nats(-shift) + ")";
        row("", "sum", shift == 0 ? power : "weight", "share");
        int shown = shares.size() <= MOST_LEAVES ? shares.size() : MOST_LEAVES - 1;
        List<Arithmetic.Share> first = new ArrayList<>(shares.subList(0, shown));
        shares.stream()
                .filter(share -> share.leaf().equals(path) && !first.contains(share))
                .forEach(first::add);
        first.forEach(share -> row(
                share.leaf(), Figures.nats(share.sum()), Figures.weight(share.weight()), Figures.share(share.share())));
        double total = shares.stream().mapToDouble(Arithmetic.Share::weight).sum();
        double others =
                total - first.stream().mapToDouble(Arithmetic.Share::weight).sum();
        if (first.size() < shares.size()) {
            row(
                    "(" + (shares.size() - first.size()) + " more)",
                    "",
                    Figures.weight(others),
                    Figures.share(others / total));
        }
        row("all", "", Figures.weight(total), "1");
        double own = Math.exp(arithmetic.sum(path) - shift);
        double rest = shares.stream()
                .filter(share -> !share.leaf().equals(path))
                .mapToDouble(Arithmetic.Share::weight)
                .sum();
        if (shift != 0) {
            screen.paragraph("  ", "A weight is " + power + ": all sums less the greatest.", Colour.DIM);
        }
        screen.paragraph(
                "  ",
                "odds: " + Figures.weight(own) + " to " + Figures.weight(rest)
                        + (rest > 0 ? ", ln " + Figures.nats(Math.log(own / rest)) : ""),
                Colour.NONE);
        screen.paragraph(
                "  ",
                Figures.weight(own) + " / " + Figures.weight(total) + " = " + Figures.share(own / total) + ", "
                        + Wording.percent(probability(path)),
                Colour.BOLD);
    }

    private void row(String name, String sum, String weight, String share) {
        int room = Math.min(MOST_LABEL - 12, screen.width() - 2 - NATS - 1 - WEIGHT - SHARE - 1);
        screen.line("  " + Columns.padded(screen.path(name, room), room) + Figures.right(sum, NATS) + " "
                + Figures.right(weight, WEIGHT) + Figures.right(share, SHARE));
    }

    private void doubts() {
        if (!arithmetic.groupsKnown()) {
            screen.paragraph(
                    "  ",
                    "This journal is of an older version and does not say which findings share a group: those of a step are taken"
                            + " to.",
                    Colour.YELLOW);
        }
        double worked = arithmetic.shares().stream()
                .filter(share -> share.leaf().equals(path))
                .mapToDouble(Arithmetic.Share::share)
                .findFirst()
                .orElse(0);
        if (Math.abs(worked - probability(path)) > ROUNDING) {
            screen.paragraph(
                    "  ",
                    "The journal says " + Figures.decimals(probability(path), 4)
                            + ": it was moved by something that these findings do not show.",
                    Colour.YELLOW);
        }
    }

    private void leaves() {
        screen.heading("The sum of its leaves");
        BigDecimal sum = BigDecimal.ZERO;
        int room = Math.min(MOST_LABEL, screen.width() - 2 - 10);
        for (String leaf : Hypotheses.leaves(summary, path)) {
            BigDecimal share = BigDecimal.valueOf(probability(leaf)).setScale(6, RoundingMode.HALF_EVEN);
            sum = sum.add(share);
            screen.line(
                    "  " + Columns.padded(screen.path(leaf, room), room) + Figures.right(share.toPlainString(), 10));
        }
        screen.line("  "
                + screen.painted(Columns.padded("sum", room) + Figures.right(sum.toPlainString(), 10), Colour.BOLD));
    }

    private List<Screen.Command> commands() {
        List<Screen.Command> commands = new ArrayList<>();
        if (!Hypotheses.isLeaf(summary, path)) {
            Hypotheses.leaves(summary, path).stream()
                    .max((one, other) -> Double.compare(probability(one), probability(other)))
                    .ifPresent(leaf -> commands.add(
                            new Screen.Command("whydunit why " + leaf + " --of " + summary.id(), "its greatest leaf")));
        }
        commands.add(new Screen.Command("whydunit evidence " + path + " --of " + summary.id(), "the queries"));
        return commands;
    }

    /** As one JSON document. */
    public static String json(String id, List<Event> events, String path) {
        Summary summary = SummaryFold.of(id, events);
        Map<String, Object> document = JsonDocument.about(summary);
        document.put("hypothesis", path);
        document.put("claim", Wording.claim(summary, path));
        document.put("probability", JsonDocument.probability(summary.belief().getOrDefault(path, 0.0)));
        document.put("leaf", Hypotheses.isLeaf(summary, path));
        if (Hypotheses.isLeaf(summary, path)) {
            WhyJson.add(document, Arithmetic.of(summary, events), path);
        } else {
            Map<String, Object> leaves = new LinkedHashMap<>();
            Hypotheses.leaves(summary, path)
                    .forEach(leaf -> leaves.put(
                            leaf, JsonDocument.probability(summary.belief().getOrDefault(leaf, 0.0))));
            document.put("leaves", leaves);
        }
        return JsonDocument.write(document);
    }
}
