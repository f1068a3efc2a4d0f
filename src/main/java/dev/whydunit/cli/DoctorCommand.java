package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.doctor.Check;
import dev.whydunit.doctor.Doctor;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.report.PlainText;
import dev.whydunit.running.ConfiguredSecrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code whydunit doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check this machine and the configuration; say what to do.",
        footer = {
            "",
            "Exit code: 0 when there is no problem (warnings are none), 1 when there is, 2 for a wrong configuration.",
            "",
            "Example: whydunit doctor -o json"
        })
final class DoctorCommand implements Callable<Integer> {
    /** How the checks are printed. */
    enum Format {
        TEXT,
        JSON
    }

    private final Application application;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format = Format.TEXT;

    DoctorCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                "configuration",
                Check.Level.OK,
                configuration
                        .get()
                        .file()
                        .map(file -> file + " is right")
                        .orElse("there is none; whydunit.yaml in this folder or one above it would be read"),
                ""));
        // What a source or a database answers may hold what it was asked with.
        SecretMask mask = new SecretMask(ConfiguredSecrets.of(configuration.get()));
        new Doctor(configuration.get(), application.sourceKinds(), application.stateDirectory(options))
                .examine()
                .forEach(check -> checks.add(
                        new Check(check.name(), check.level(), mask.text(check.says()), mask.text(check.help()))));
        switch (format) {
            case TEXT -> checks.forEach(this::print);
            case JSON -> application.console().out().println(json(checks));
        }
        application.console().out().flush();
        return count(checks, Check.Level.PROBLEM) == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static long count(List<Check> checks, Check.Level level) {
        return checks.stream().filter(check -> check.level() == level).count();
    }

    private void print(Check check) {
        Console console = application.console();
        console.out()
                .println(PlainText.forTerminal(
                        "%-8s %s: %s".formatted(word(check.level()), check.name(), check.says())));
        if (!check.help().isEmpty()) {
            console.out()
                    .println(PlainText.forTerminal("         → " + check.help()).replace("→", arrow()));
        }
    }

    private String arrow() {
        return application.console().unicode() ? "→" : "->";
    }

    private static String word(Check.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static String json(List<Check> checks) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", 1);
        document.put("problems", count(checks, Check.Level.PROBLEM));
        document.put("warnings", count(checks, Check.Level.WARNING));
        document.put(
                "checks",
                checks.stream()
                        .map(check -> {
                            Map<String, Object> shown = new LinkedHashMap<>();
                            shown.put("name", check.name());
                            shown.put("status", word(check.level()));
                            shown.put("says", check.says());
                            shown.put("help", check.help().isEmpty() ? null : check.help());
                            return shown;
                        })
                        .toList());
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
