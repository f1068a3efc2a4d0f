package dev.whydunit.report;

import dev.whydunit.belief.HypothesisTree;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sentences and numbers that every format shares. They hold text of strangers and are not escaped yet. */
final class Wording {
    private Wording() {}

    /** How many times likelier a movement of so many nats makes something: {@code ×20} or {@code ÷5}. */
    static String factor(double nats) {
        double times = Math.exp(Math.min(Math.abs(nats), Math.log(1e6)));
        String number = String.format(Locale.ROOT, times >= 9.95 ? "%.0f" : "%.1f", times);
        return (nats < 0 ? "÷" : "×") + (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number);
    }

    /** The answer to "why?" in one line. */
    static String verdict(Summary summary) {
        Summary.VerdictSummary verdict = summary.verdict();
        String claim = withoutStop(verdict.claim());
        String likely = " (" + percent(verdict.probability()) + ")";
        return switch (verdict.status()) {
            case "concluded" -> "Why: " + claim + likely + ".";
            case "narrowed" -> "Why: " + claim + likely + "; what lies behind it is not settled.";
            case "symptom_absent" ->
                summary.symptom().isEmpty()
                        ? claim + "."
                        : "Nothing is wrong now: \"" + withoutStop(summary.symptom()) + "\" was not found.";
            default ->
                "No verdict." + (claim.isEmpty() ? "" : " " + claim + ".")
                        + leading(summary)
                                .map(row -> " Most likely so far: " + withoutStop(row.claim()) + " ("
                                        + percent(row.probability()) + ").")
                                .orElse("");
        };
    }

    /** That there may be more to come, or would have been; empty when the investigation was done. */
    static Optional<String> unfinished(Summary summary) {
        return switch (summary.ending()) {
            case "completed" -> Optional.empty();
            case "running" -> Optional.of("Still running: this is what is known so far.");
            case "interrupted" -> Optional.of("Interrupted: this is what was known by then.");
            case "out_of_time" -> Optional.of("Out of time: this is what was known by then.");
            default -> Optional.of("Ended early (" + summary.ending() + "): this is what was known by then.");
        };
    }

    static String percent(double probability) {
        return PlainText.percent(probability);
    }

    /** The chain of whys: what each node of the verdict's path claims, from the top down, by path. */
    static List<Row> chain(Summary summary) {
        List<Row> chain = new ArrayList<>();
        List<String> path = summary.verdict().path();
        for (int i = 1; i <= path.size(); i++) {
            String node = String.join(".", path.subList(0, i));
            chain.add(new Row(node, i - 1, summary.belief().getOrDefault(node, 0.0), claim(summary, node)));
        }
        return chain;
    }

    /** What was seen of the symptom, with its numbers; empty when it was not looked at or is absent. */
    static Optional<String> seen(Summary summary) {
        return summary.evidence().stream()
                .filter(it -> it.symptom() && it.outcome() && !it.says().isEmpty())
                .map(Summary.EvidenceSummary::says)
                .findFirst();
    }

    /** What a finding says, in one line, and the name of the finding where that is not in it. */
    static Said said(Summary.EvidenceSummary finding) {
        String outcome = finding.outcome() ? "true" : "false";
        String says = finding.says();
        return says.isEmpty()
                ? new Said(finding.id() + " is " + outcome, "")
                : new Said(says.startsWith("not so") ? "N" + says.substring(1) : says, finding.id());
    }

    /** What is left to do or to look at; a remedy that is said already is not repeated. */
    static List<String> nextSteps(Summary summary) {
        return summary.nextSteps().stream()
                .filter(step -> !step.equals(summary.verdict().remedy()))
                .toList();
    }

    /** What people said is called. */
    static final String PEOPLE = "People said";

    /** What a person did or said, in one line. */
    static String said(Summary.PersonSummary act) {
        String hypothesis = act.hypothesis().orElse("");
        String text = act.text().isEmpty() ? "" : ": " + act.text();
        return act.at().truncatedTo(ChronoUnit.SECONDS) + " " + act.by()
                + switch (act.act()) {
                    case "ruled_out" -> " ruled out " + hypothesis + text;
                    case "confirmed" -> " confirmed " + hypothesis + text;
                    default -> text;
                };
    }

    /** What was done with somebody's leave is called. */
    static final String ACTIONS = "Done, with leave";

    /** What was done, in one line. */
    static String said(Summary.ActionSummary action) {
        String where = action.target().map(target -> " on " + target).orElse("");
        String how = switch (action.status()) {
            case "ended" -> action.exitCode().map(code -> "exit code " + code).orElse("ended");
            case "cut_off" -> "cut off: nobody knows how far it came";
            case "running" -> "not ended yet";
            default -> action.status().replace('_', ' ');
        };
        return action.at().truncatedTo(ChronoUnit.SECONDS) + " " + action.step() + where + ": " + action.command()
                + " ("
                + how + "), approved by " + action.approvedBy()
                + action.undo().map(undo -> "; undone by: " + undo).orElse("");
    }

    /** What {@link #nextSteps} are called. */
    static String nextStepsHeading(Summary summary) {
        return summary.verdict().status().equals("inconclusive") ? "What would tell more" : "Next steps";
    }

    /**
     * A finding in words.
     *
     * @param name its id, empty when the sentence has it
     */
    record Said(String sentence, String name) {}

    /** How well the verdict stands; empty when there is none. */
    static Optional<String> robustness(Summary.VerdictSummary verdict) {
        if (verdict.path().isEmpty()) {
            return Optional.empty();
        }
        if (verdict.robust()) {
            return Optional.of("Holds without any one of its findings.");
        }
        return switch (verdict.restsOn().size()) {
            case 0 -> Optional.empty();
            case 1 ->
                Optional.of("Rests on " + verdict.restsOn().getFirst()
                        + " alone: without it, the verdict would not be this one.");
            case 2 ->
                Optional.of("Rests on " + listed(verdict.restsOn())
                        + ": without either one, the verdict would not be this one.");
            default ->
                Optional.of("Rests on " + listed(verdict.restsOn())
                        + ": without any one of them, the verdict would not be this one.");
        };
    }

    /** What a hypothesis claims; its id when its author did not say. */
    static String claim(Summary summary, String path) {
        String claim = summary.claims().getOrDefault(path, "");
        if (!claim.isEmpty()) {
            return claim;
        }
        if (path.equals(HypothesisTree.OTHER)) {
            return "A cause that this runbook does not know";
        }
        return HypothesisTree.isOther(path)
                ? "Another reason for " + id(path.substring(0, path.lastIndexOf('.')))
                : id(path);
    }

    /** The last id of a path. */
    static String id(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** What the investigation was: runbook, environment, time, how long, id. */
    static List<String> about(Summary summary) {
        List<String> parts = new ArrayList<>();
        parts.add((summary.runbook() + " " + summary.version()).strip());
        parts.add("environment " + summary.environment());
        parts.add(summary.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        summary.endedAt()
                .ifPresent(end -> parts.add("took "
                        + seconds(Duration.between(summary.startedAt(), end).toMillis() / 1000.0)));
        parts.add("investigation " + summary.id());
        return parts;
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
    }

    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 3) {
            value /= 1000;
            unit++;
        }
        return String.format(
                Locale.ROOT, value < 9.95 ? "%.1f %sB" : "%.0f %sB", value, "kMGT".substring(unit, unit + 1));
    }

    /** Joined as in a sentence. */
    static String listed(List<String> words) {
        return words.size() == 1
                ? words.getFirst()
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    private static Optional<Row> leading(Summary summary) {
        return summary.belief().entrySet().stream()
                .filter(node ->
                        !HypothesisTree.isOther(node.getKey()) && node.getKey().indexOf('.') < 0)
                .max(Map.Entry.comparingByValue())
                .map(node -> new Row(node.getKey(), 0, node.getValue(), claim(summary, node.getKey())));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /**
     * A hypothesis as it is shown.
     *
     * @param path its path
     * @param depth 0 at the top
     * @param probability from 0 to 1
     * @param claim what it claims
     */
    record Row(String path, int depth, double probability, String claim) {}
}
