package dev.whydunit.cases;

import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.cases.CaseDocument.ExpectationsDocument;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a case should come to, and checks its names against the runbook. */
final class ExpectationReader {
    private static final List<String> STATUSES = List.of("concluded", "narrowed", "inconclusive", "symptom_absent");
    private static final Set<String> OUTCOMES = Set.of("true", "false", "unknown");
    /** What a probability that is given as one number may be off. */
    private static final double ABOUT = 0.005;

    private static final int MOST_STEPS = 100_000;

    private final Runbook runbook;
    private final HypothesisTree tree;
    private final Problems problems;
    private final List<Expectation> expectations = new ArrayList<>();

    ExpectationReader(Runbook runbook, HypothesisTree tree, Problems problems) {
        this.runbook = runbook;
        this.tree = tree;
        this.problems = problems;
    }

    List<Expectation> read(ExpectationsDocument document) {
        document.verdict().ifPresent(this::status);
        document.path().ifPresent(this::path);
        document.probability().forEach(this::probability);
        document.findings().forEach(this::finding);
        steps(document.run()).forEach(step -> expectations.add(new Expectation.Run(Place.of(step), step.text())));
        steps(document.notRun()).forEach(step -> expectations.add(new Expectation.NotRun(Place.of(step), step.text())));
        List<Scalar> order = steps(document.order());
        if (!order.isEmpty()) {
            expectations.add(new Expectation.Order(
                    Place.of(order.getFirst()), order.stream().map(Scalar::text).toList()));
        }
        document.alsoFound()
                .map(Scalars::items)
                .orElse(List.of())
                .forEach(id ->
                        node(id).ifPresent(path -> expectations.add(new Expectation.AlsoFound(Place.of(id), path))));
        document.within()
                .ifPresent(limit -> CaseReader.time(limit, problems)
                        .ifPresent(time -> expectations.add(new Expectation.Within(Place.of(limit), time))));
        document.mostSteps().ifPresent(this::mostSteps);
        return expectations;
    }

    private void status(Scalar status) {
        if (STATUSES.contains(status.text())) {
            expectations.add(new Expectation.Status(Place.of(status), status.text()));
        } else {
            problems.add(
                    "E204",
                    status,
                    "a verdict is one of " + Spelling.list(STATUSES) + ", not '" + status.text() + "'",
                    tree.contains(status.text())
                            ? "the hypothesis belongs in path:"
                            : Spelling.didYouMean(status.text(), STATUSES));
        }
    }

    private void path(Scalar path) {
        node(path).ifPresent(found -> expectations.add(new Expectation.Path(Place.of(path), found)));
    }

    /** The path of the hypothesis that is meant. */
    private Optional<String> node(Scalar written) {
        if (tree.contains(written.text())) {
            return Optional.of(tree.pathOf(written.text()));
        }
        problems.add(
                "E703",
                written,
                "runbook '" + runbook.id() + "' has no hypothesis '" + written.text() + "'",
                Spelling.didYouMeanOr(written.text(), tree.paths(), "its hypotheses"));
        return Optional.empty();
    }

    private void probability(Keyed<Scalar> entry) {
        String text = entry.value().text();
        int dots = text.indexOf("..");
        Optional<Double> least = dots < 0 ? number(text).map(n -> n - ABOUT) : end(text.substring(0, dots), 0);
        Optional<Double> most = dots < 0 ? number(text).map(n -> n + ABOUT) : end(text.substring(dots + 2), 1);
        if (least.isEmpty() || most.isEmpty() || least.get() > most.get()) {
            problems.add(
                    "E704",
                    entry.value(),
                    "a probability is a number from 0 to 1 or a range of such, not '" + text + "'",
                    "write 0.9, 0.9..0.99, 0.9.. or ..0.1");
            return;
        }
        double from = least.get();
        double to = most.get();
        node(entry.key())
                .ifPresent(
                        path -> expectations.add(new Expectation.Probability(Place.of(entry.value()), path, from, to)));
    }

    private static Optional<Double> end(String text, double open) {
        return text.isEmpty() ? Optional.of(open) : number(text);
    }

    private static Optional<Double> number(String text) {
        if (!text.matches("[01](\\.[0-9]{1,17})?")) {
            return Optional.empty();
        }
        double number = Double.parseDouble(text);
        return number <= 1 ? Optional.of(number) : Optional.empty();
    }

    private void finding(Keyed<Scalar> entry) {
        int dot = entry.name().indexOf('.');
        List<String> known = runbook.steps().values().stream()
                .flatMap(step -> step.findings().stream().map(finding -> step.id() + "." + finding.id()))
                .toList();
        if (dot < 0 || !known.contains(entry.name())) {
            problems.add(
                    "E702",
                    entry.key(),
                    "runbook '" + runbook.id() + "' has no finding '" + entry.name() + "'",
                    dot < 0 ? "write it as step.finding" : Spelling.didYouMeanOr(entry.name(), known, "its findings"));
        } else if (!OUTCOMES.contains(entry.value().text())) {
            problems.add("E204", entry.value(), "a finding is true, false or unknown, not '" + entry.value() + "'", "");
        } else {
            expectations.add(new Expectation.Finding(
                    Place.of(entry.value()),
                    entry.name().substring(0, dot),
                    entry.name().substring(dot + 1),
                    entry.value().text()));
        }
    }

    private List<Scalar> steps(Optional<Scalars> written) {
        List<Scalar> known = new ArrayList<>();
        for (Scalar step : written.map(Scalars::items).orElse(List.of())) {
            if (runbook.steps().containsKey(step.text())) {
                known.add(step);
            } else {
                problems.add(
                        "E701",
                        step,
                        "runbook '" + runbook.id() + "' has no step '" + step.text() + "'",
                        Spelling.didYouMeanOr(step.text(), runbook.steps().keySet(), "its steps"));
            }
        }
        return known;
    }

    private void mostSteps(Scalar written) {
        if (written.text().matches("[0-9]{1,5}") && Integer.parseInt(written.text()) <= MOST_STEPS) {
            expectations.add(new Expectation.MostSteps(Place.of(written), Integer.parseInt(written.text())));
        } else {
            problems.add("E203", written, "'most_steps' is a whole number, not '" + written.text() + "'", "");
        }
    }
}
