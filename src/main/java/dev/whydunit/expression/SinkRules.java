package dev.whydunit.expression;

import dev.whydunit.expression.Template.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be told when a runbook is loaded about values that enter a sink. */
final class SinkRules {
    private SinkRules() {}

    static List<Issue> issues(Template template, Sink sink) {
        List<Issue> issues = new ArrayList<>();
        QuoteScanner scanner = new QuoteScanner(sink);
        for (Part part : template.parts()) {
            switch (part) {
                case Part.Literal literal -> scanner.read(literal.text());
                case Part.Embedded embedded -> issue(embedded, sink, scanner).ifPresent(issues::add);
            }
        }
        return issues;
    }

    private static Optional<Issue> issue(Part.Embedded embedded, Sink sink, QuoteScanner scanner) {
        int offset = embedded.offset();
        int length = embedded.expression().source().length();
        if (sink == Sink.LITERAL) {
            return Optional.of(new Issue(
                    offset,
                    length,
                    "no value may enter this text",
                    "pass it beside the text: through env, or as an argument"));
        }
        if (sink != Sink.PLAIN && !embedded.expression().type().single()) {
            return Optional.of(new Issue(
                    offset,
                    length,
                    "a " + embedded.expression().type().words() + " cannot be put into this text",
                    "pick one element, or run the step for each with for_each"));
        }
        return scanner.open()
                .map(what -> new Issue(
                        offset,
                        length,
                        "this value stands inside " + what,
                        what.equals("a comment")
                                ? "remove it"
                                : "remove the quotes: a value is quoted where it is put in"));
    }
}
