package dev.whydunit.authoring.rules;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments of a file that say which warnings its author does not want: {@code # whydunit: ignore CODE reason}. Behind something
 * a comment holds for its line, alone for the next line that is no comment, and above the first key for the file.
 */
final class Ignores {
    private static final Pattern COMMENT = Pattern.compile(
            "(?:^|\\s)#\\s*whydunit:\\s*ignore\\b[ \\t]*([A-Z][0-9]{3}(?:\\s*,\\s*[A-Z][0-9]{3})*)?[ \\t:]*(.*)$");
    /** These depend on the configuration: in another environment there may be nothing to ignore. */
    private static final Set<String> BY_CONFIGURATION = Set.of("W208", "W209");

    private static final int WHOLE_FILE = 0;

    private final SourceText source;
    private final String file;
    private final List<Ignore> ignores = new ArrayList<>();

    /** {@code from} is the char of its line at which the comment begins. */
    private record Ignore(String code, int line, int commentLine, int from, String reason) {}

    Ignores(String file, String text) {
        this.file = file;
        this.source = new SourceText(text);
        if (text.contains("whydunit:")) {
            read();
        }
    }

    private void read() {
        boolean begun = false;
        for (int number = 1; number <= source.lines(); number++) {
            String line = source.line(number);
            boolean nothing = line.isBlank() || line.strip().startsWith("#");
            begun |= !nothing;
            Matcher comment = COMMENT.matcher(line);
            if (comment.find()) {
                int target = !nothing ? number : begun ? next(number) : WHOLE_FILE;
                int from = line.indexOf('#', comment.start());
                String codes = comment.group(1) == null ? "" : comment.group(1);
                for (String code : codes.split("\\s*,\\s*")) {
                    ignores.add(new Ignore(
                            code, target, number, from, comment.group(2).strip()));
                }
            }
        }
    }

    private int next(int number) {
        for (int next = number + 1; next <= source.lines(); next++) {
            String line = source.line(next).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                return next;
            }
        }
        return number;
    }

    /**
     * What is left of these remarks.
     *
     * @param complete whether all rules could look, so that an ignore that met nothing is one too many
     */
    List<Remark> apply(List<Remark> remarks, boolean complete) {
        if (ignores.isEmpty()) {
            return remarks;
        }
        Set<Ignore> used = new HashSet<>();
        List<Remark> left = new ArrayList<>();
        for (Remark remark : remarks) {
            List<Ignore> met = ignores.stream()
                    .filter(ignore -> meets(ignore, remark.problem()))
                    .toList();
            used.addAll(met);
            if (met.isEmpty()) {
                left.add(remark);
            }
        }
        for (Ignore ignore : ignores) {
            complain(ignore, used.contains(ignore), complete, left);
        }
        return left;
    }

    private static boolean meets(Ignore ignore, Problem problem) {
        return problem.severity() == Severity.WARNING
                && problem.code().equals(ignore.code())
                && (ignore.line() == WHOLE_FILE
                        || ignore.line() == problem.position().line());
    }

    private void complain(Ignore ignore, boolean used, boolean complete, List<Remark> left) {
        if (!RuleBook.isWarning(ignore.code())) {
            add(
                    left,
                    "W192",
                    ignore,
                    ignore.code().isEmpty()
                            ? "this comment names no rule to ignore"
                            : ignore.code().startsWith("E")
                                    ? ignore.code() + " is an error: it cannot be ignored"
                                    : "there is no rule " + ignore.code(),
                    "write # whydunit: ignore W203 and why");
        } else if (!used && complete && !BY_CONFIGURATION.contains(ignore.code())) {
            add(
                    left,
                    "W191",
                    ignore,
                    "there is nothing here that " + ignore.code() + " would complain of",
                    "remove the comment, or put it on the line that is meant or the one above");
        }
        if (ignore.reason().isEmpty() && !ignore.code().isEmpty()) {
            add(
                    left,
                    "W190",
                    ignore,
                    "this comment does not say why " + ignore.code() + " is ignored",
                    "write the reason behind the code");
        }
    }

    private void add(List<Remark> left, String code, Ignore ignore, String message, String help) {
        String comment = source.line(ignore.commentLine()).substring(ignore.from());
        left.add(new Remark(
                new Problem(
                        code,
                        source.position(file, ignore.commentLine(), ignore.from()),
                        comment.codePointCount(0, comment.length()),
                        message,
                        help),
                List.of()));
    }
}
