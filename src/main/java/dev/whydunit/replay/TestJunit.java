package dev.whydunit.replay;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Test results as JUnit's XML, which build servers read: a test suite for each runbook, a test case for each case. */
public final class TestJunit {
    private TestJunit() {}

    /** All of it. */
    public static String of(TestReport report) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites")
                .append(attribute("tests", report.count()))
                .append(attribute("failures", report.count(CaseResult.Status.FAILED)))
                .append(attribute("errors", report.count(CaseResult.Status.UNREADABLE)))
                .append(attribute("time", seconds(report.seconds())))
                .append(">\n");
        report.suites().forEach(suite -> suite(suite.result(), xml));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(SuiteResult suite, StringBuilder xml) {
        boolean broken = suite.runbook().isEmpty();
        xml.append("  <testsuite")
                .append(attribute("name", suite.name()))
                .append(attribute("file", suite.file()))
                .append(attribute("tests", suite.cases().size() + (broken ? 1 : 0)))
                .append(attribute("failures", suite.count(CaseResult.Status.FAILED)))
                .append(attribute("errors", suite.count(CaseResult.Status.UNREADABLE) + (broken ? 1 : 0)))
                .append(attribute(
                        "time",
                        seconds(suite.cases().stream()
                                .mapToDouble(CaseResult::seconds)
                                .sum())))
                .append(">\n");
        if (broken) {
            xml.append("    <testcase").append(attribute("name", suite.file())).append(">\n");
            element("error", "the runbook has mistakes", lines(suite.problems()), xml);
            xml.append("    </testcase>\n");
        }
        suite.cases().forEach(result -> result(suite, result, xml));
        xml.append("  </testsuite>\n");
    }

    private static void result(SuiteResult suite, CaseResult result, StringBuilder xml) {
        xml.append("    <testcase")
                .append(attribute("classname", suite.name()))
                .append(attribute("name", result.name()))
                .append(attribute("file", result.file()))
                .append(attribute("time", seconds(result.seconds())));
        if (result.status() == CaseResult.Status.PASSED) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        if (result.status() == CaseResult.Status.UNREADABLE) {
            element("error", "the case cannot be read", lines(result.problems()), xml);
        } else {
            for (Mismatch mismatch : result.mismatches()) {
                Problem problem = TestText.problem(mismatch);
                element(
                        "failure",
                        problem.message(),
                        ProblemRenderer.lineAndExcerpt(problem, result.text()) + String.join("\n", mismatch.why()),
                        xml);
            }
        }
        xml.append("    </testcase>\n");
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(ProblemRenderer::line).collect(Collectors.joining("\n"));
    }

    private static void element(String name, String message, String content, StringBuilder xml) {
        xml.append("      <")
                .append(name)
                .append(attribute("message", message))
                .append('>')
                .append(escaped(content))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static String attribute(String name, Object value) {
        return " " + name + "=\"" + escaped(value.toString()) + '"';
    }

    /** What XML may hold, with what is special to it written out; what it may not hold at all becomes U+FFFD. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n', '\t' -> escaped.appendCodePoint(c);
                default -> {
                    boolean allowed = c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
                    escaped.appendCodePoint(allowed ? c : 0xFFFD);
                }
            }
        });
        return escaped.toString();
    }
}
