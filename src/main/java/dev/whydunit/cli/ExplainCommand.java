package dev.whydunit.cli;

import dev.whydunit.authoring.rules.Rule;
import dev.whydunit.authoring.rules.RuleBook;
import dev.whydunit.authoring.rules.RuleText;
import dev.whydunit.schema.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit runbook explain}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "explain",
        description =
                "What a code of lint means, with a bad and a good example; without a code, all of them in one line each.",
        footer = {"", "Example: whydunit runbook explain W203"})
final class ExplainCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "CODE", arity = "0..1", description = "Such as E401 or W203.")
    private String code = "";

    @Mixin
    private ScreenOption output = new ScreenOption();

    ExplainCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        if (code.isEmpty()) {
            Screens.print(
                    application,
                    output.json()
                            ? JsonText.of(Map.of(
                                    "rules",
                                    RuleBook.all().stream()
                                            .map(ExplainCommand::data)
                                            .toList()))
                            : RuleBook.all().stream()
                                    .map(rule -> RuleText.line(rule) + "\n")
                                    .collect(Collectors.joining()));
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
        Screens.print(application, output.json() ? JsonText.of(data(rule.get())) : RuleText.full(rule.get()));
        return ExitCode.DONE;
    }

    private static Map<String, Object> data(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", rule.code());
        json.put("severity", rule.severity().word());
        json.put("profile", rule.profile().word());
        json.put("summary", rule.summary());
        json.put("explanation", rule.explanation());
        json.put("bad", rule.bad());
        json.put("good", rule.good());
        json.put("fixable", rule.fixable());
        return json;
    }
}
