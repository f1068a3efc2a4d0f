package dev.whydunit.cli;

import dev.whydunit.authoring.rules.Rule;
import dev.whydunit.authoring.rules.RuleBook;
import dev.whydunit.authoring.rules.RuleText;
import dev.whydunit.schema.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code whydunit runbook explain}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "explain",
        description =
                "What a code of lint means, with a bad and a good example; without a code, all of them in one line each.")
final class ExplainCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "CODE", arity = "0..1", description = "Such as E401 or W203.")
    private String code = "";

    ExplainCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        if (code.isEmpty()) {
            RuleBook.all().forEach(rule -> application.console().out().println(RuleText.line(rule)));
            application.console().out().flush();
            return ExitCode.DONE;
        }
        Optional<Rule> rule = RuleBook.find(code);
        if (rule.isEmpty()) {
            List<String> codes = RuleBook.all().stream().map(Rule::code).toList();
            application.fail("there is no rule " + code
                    + Spelling.closest(code, codes)
                            .map(closest -> "; did you mean " + closest + "?")
                            .orElse("; 'whydunit runbook explain' lists them"));
            return ExitCode.USAGE;
        }
        application.console().out().print(RuleText.full(rule.get()));
        application.console().out().flush();
        return ExitCode.DONE;
    }
}
