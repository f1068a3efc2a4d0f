package dev.whydunit.replay;

import dev.whydunit.yaml.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Test results as one JSON document. */
public final class TestJson {
    private static final int SCHEMA_VERSION = 1;

    private TestJson() {}

    /** All of it. */
    public static String of(TestReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("passed", report.count(CaseResult.Status.PASSED));
        json.put("failed", report.count(CaseResult.Status.FAILED));
        json.put("unreadable", report.count(CaseResult.Status.UNREADABLE));
        json.put("seconds", report.seconds());
        json.put("runbooks", report.suites().stream().map(TestJson::suite).toList());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static Map<String, Object> suite(TestReport.Suite suite) {
        SuiteResult result = suite.result();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runbook", result.name());
        json.put("file", result.file());
        json.put("problems", result.problems().stream().map(TestJson::problem).toList());
        json.put("cases", result.cases().stream().map(TestJson::result).toList());
        suite.coverage().ifPresent(coverage -> json.put("coverage", coverage(coverage)));
        suite.mutation().ifPresent(mutation -> json.put("mutation", mutation(mutation)));
        return json;
    }

    private static Map<String, Object> result(CaseResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.name());
        json.put("file", result.file());
        result.given().ifPresent(given -> json.put("title", given.title()));
        json.put("status", result.status().name().toLowerCase(Locale.ROOT));
        result.replayed().ifPresent(replayed -> {
            Map<String, Object> verdict = new LinkedHashMap<>();
            verdict.put("status", replayed.verdict().status());
            verdict.put("path", replayed.verdict().path());
            verdict.put("probability", replayed.verdict().probability());
            json.put("verdict", verdict);
            json.put("belief", replayed.belief());
            json.put("steps", replayed.run());
            json.put("replayedSeconds", replayed.elapsed().toNanos() / 1e9);
        });
        List<Map<String, Object>> failures = new ArrayList<>();
        for (Mismatch mismatch : result.mismatches()) {
            Map<String, Object> failure = new LinkedHashMap<>();
            failure.put("line", mismatch.place().position().line());
            failure.put("column", mismatch.place().position().column());
            failure.put("expected", mismatch.expected());
            failure.put("actual", mismatch.actual());
            failure.put("why", mismatch.why());
            failures.add(failure);
        }
        json.put("failures", failures);
        json.put("problems", result.problems().stream().map(TestJson::problem).toList());
        json.put("notes", result.notes().stream().map(TestJson::problem).toList());
        json.put("seconds", result.seconds());
        return json;
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", problem.code());
        json.put("line", problem.position().line());
        json.put("column", problem.position().column());
        json.put("message", problem.message());
        json.put("help", problem.help());
        return json;
    }

    private static Map<String, Object> coverage(Coverage coverage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("percent", TestText.floor(coverage.share()));
        json.put("reached", coverage.reached());
        json.put("all", coverage.all());
        json.put("hypothesesNeverConcluded", coverage.notConcluded());
        json.put("findingsNeverTrue", coverage.neverTrue());
        json.put("findingsNeverFalse", coverage.neverFalse());
        json.put("stepsNeverRun", coverage.neverRun());
        return json;
    }

    private static Map<String, Object> mutation(MutationReport mutation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("percent", TestText.floor(mutation.score()));
        json.put("noticed", mutation.noticed());
        json.put("all", mutation.fates().size());
        List<Map<String, Object>> unnoticed = new ArrayList<>();
        for (Mutant.Fate fate : mutation.unnoticed()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("finding", fate.finding());
            one.put("line", fate.position().line());
            one.put("change", fate.change());
            unnoticed.add(one);
        }
        json.put("unnoticed", unnoticed);
        return json;
    }
}
