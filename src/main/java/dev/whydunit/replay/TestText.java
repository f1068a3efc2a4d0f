package dev.whydunit.replay;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Test results for a terminal: a line for each case, and all there is to say of those that failed. */
public final class TestText {
    private static final int MOST_GAPS = 20;
    private static final int NAME_WIDTH = 32;

    private final boolean unicode;

    /** @param unicode whether more than ASCII can be shown */
    public TestText(boolean unicode) {
        this.unicode = unicode;
    }

    /** All of it. */
    public String of(TestReport report) {
        StringBuilder text = new StringBuilder();
        for (TestReport.Suite suite : report.suites()) {
            suite(suite, text);
        }
        text.append(summary(report)).append('\n');
        return text.toString();
    }

    private void suite(TestReport.Suite suite, StringBuilder text) {
        SuiteResult result = suite.result();
        text.append(result.name()).append(" (").append(result.file()).append(")\n");
        for (Problem problem : result.problems()) {
            text.append(ProblemRenderer.lineAndExcerpt(problem, result.text()));
        }
        if (result.cases().isEmpty()) {
            text.append("  no cases; write some in ")
                    .append(CaseFiles.folder(java.nio.file.Path.of(result.file())))
                    .append(", or keep one: whydunit run ")
                    .append(result.name())
                    .append(" --record FILE\n");
        }
        result.cases().forEach(one -> result(one, text));
        suite.coverage().ifPresent(coverage -> coverage(coverage, text));
        suite.mutation().ifPresent(mutation -> mutation(mutation, text));
    }

    private void result(CaseResult result, StringBuilder text) {
        text.append("  ")
                .append(mark(result.status()))
                .append(' ')
                .append(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", result.name()));
        result.replayed().ifPresent(replayed -> text.append("  ").append(outcome(replayed)));
        text.append('\n');
        for (Problem problem : result.problems()) {
            text.append(ProblemRenderer.lineAndExcerpt(problem, result.text()));
        }
        for (Mismatch mismatch : result.mismatches()) {
            text.append(ProblemRenderer.lineAndExcerpt(problem(mismatch), result.text()));
            mismatch.why().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        for (Problem note : result.notes()) {
            text.append("    note: ").append(ProblemRenderer.line(note)).append('\n');
        }
    }

    /** An expectation that is not met, as a problem of the case's file. */
    static Problem problem(Mismatch mismatch) {
        return new Problem(
                "E750",
                mismatch.place().position(),
                mismatch.place().length(),
                "expected " + mismatch.expected() + ", got " + mismatch.actual(),
                "");
    }

    private String mark(CaseResult.Status status) {
        return switch (status) {
            case PASSED -> unicode ? "✓" : "ok  ";
            case FAILED -> unicode ? "✗" : "FAIL";
            case UNREADABLE -> unicode ? "!" : "!   ";
        };
    }

    private static String outcome(Replayed replayed) {
        String verdict = replayed.path().isEmpty()
                ? replayed.verdict().status().replace('_', ' ')
                : String.format(
                        Locale.ROOT,
                        "%s %s %.1f %%",
                        replayed.verdict().status(),
                        replayed.path(),
                        Math.clamp(replayed.verdict().probability() * 100, 0.1, 99.9));
        int steps = replayed.run().size();
        return verdict + ", " + steps + (steps == 1 ? " step, " : " steps, ") + seconds(replayed.elapsed());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }

    private static void coverage(Coverage coverage, StringBuilder text) {
        text.append(String.format(
                Locale.ROOT,
                "  coverage %.1f %% (%d of %d)%n",
                floor(coverage.share()),
                coverage.reached(),
                coverage.all()));
        gaps("hypotheses never concluded", coverage.notConcluded(), text);
        gaps("findings never true", coverage.neverTrue(), text);
        gaps("findings never false", coverage.neverFalse(), text);
        gaps("steps never run", coverage.neverRun(), text);
    }

    private static void gaps(String what, List<String> names, StringBuilder text) {
        if (!names.isEmpty()) {
            text.append("    ")
                    .append(what)
                    .append(": ")
                    .append(String.join(", ", names.stream().limit(MOST_GAPS).toList()))
                    .append(names.size() > MOST_GAPS ? ", and " + (names.size() - MOST_GAPS) + " more" : "")
                    .append('\n');
        }
    }

    private static void mutation(MutationReport mutation, StringBuilder text) {
        text.append(String.format(
                Locale.ROOT,
                "  mutation %.1f %% (%d of %d changes noticed)%n",
                floor(mutation.score()),
                mutation.noticed(),
                mutation.fates().size()));
        for (Mutant.Fate fate : mutation.unnoticed()) {
            text.append("    ")
                    .append(fate.position())
                    .append(": no case notices ")
                    .append(fate.finding())
                    .append(": ")
                    .append(fate.change())
                    .append('\n');
        }
    }

    /** Per cent, never rounded up to what was not reached. */
    static double floor(double share) {
        return Math.floor(share * 1000) / 10;
    }

    private static String summary(TestReport report) {
        long cases = report.count();
        StringBuilder text = new StringBuilder();
        text.append(cases).append(cases == 1 ? " case" : " cases");
        text.append(" of ")
                .append(report.suites().size())
                .append(report.suites().size() == 1 ? " runbook: " : " runbooks: ");
        text.append(report.count(CaseResult.Status.PASSED)).append(" passed");
        long failed = report.count(CaseResult.Status.FAILED);
        if (failed > 0) {
            text.append(", ").append(failed).append(" failed");
        }
        long unreadable = report.count(CaseResult.Status.UNREADABLE);
        if (unreadable > 0) {
            text.append(", ").append(unreadable).append(" unreadable");
        }
        return text + String.format(Locale.ROOT, " (%.2f s)", report.seconds());
    }
}
