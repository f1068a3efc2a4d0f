package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.EffectiveValues;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.report.PlainText;
import dev.whydunit.running.ConfiguredSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code whydunit config}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Show the configuration that counts here.",
        footer = {"", "Example: whydunit config view --show-origin"})
final class ConfigCommand implements Callable<Integer> {
    private final Application application;

    ConfigCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        application.fail("say what about it: whydunit config view [--show-origin]");
        return ExitCode.USAGE;
    }

    /** {@code whydunit config view}. */
    @Command(
            name = "view",
            mixinStandardHelpOptions = true,
            description =
                    "Every value that counts, and where it comes from. Secrets are shown as the references that they are.",
            footer = {"", "Example: whydunit config view --show-origin"})
    static final class View implements Callable<Integer> {
        /** How values are printed. */
        enum Format {
            TEXT,
            JSON
        }

        private record Shown(String path, String value, String origin) {}

        private final Application application;

        @Mixin
        private CommonOptions options = new CommonOptions();

        @Option(names = "--show-origin", description = "Say of each value where it was set.")
        private boolean origin;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "text or json (default: text).")
        private Format format = Format.TEXT;

        View(Application application) {
            this.application = application;
        }

        @Override
        public Integer call() throws IOException {
            Optional<Configuration> configuration = application.configuration(options);
            if (configuration.isEmpty()) {
                return ExitCode.USAGE;
            }
            // An address may hold a password although it should not.
            SecretMask mask = new SecretMask(ConfiguredSecrets.of(configuration.get()));
            List<Shown> values = new ArrayList<>(places(configuration.get()));
            if (configuration.get().file().isPresent()) {
                Path file = configuration.get().file().get();
                for (EffectiveValues.Value value :
                        EffectiveValues.of(file, configuration.get().environmentName())) {
                    values.add(new Shown(
                            String.join(".", value.path()).replace(".[", "["),
                            // A reference is no secret, whatever its key is called.
                            isReference(value.text()) ? value.text() : mask.text(value.text()),
                            value.position().file() + ":" + value.position().line()));
                }
            }
            switch (format) {
                case TEXT -> values.forEach(this::print);
                case JSON -> application.console().out().println(json(values));
            }
            application.console().out().flush();
            return ExitCode.DONE;
        }

        private static boolean isReference(String text) {
            return text.startsWith("env:") || text.startsWith("file:");
        }

        /** What is not in the file: which file it is, where the state is, and which environment counts. */
        private List<Shown> places(Configuration configuration) {
            Map<String, String> variables = application.environment();
            return List.of(
                    new Shown(
                            "config",
                            configuration.file().map(Path::toString).orElse("none"),
                            origin(options.config().isPresent(), "--config", "WHYDUNIT_CONFIG", variables)),
                    new Shown(
                            "state",
                            application.stateDirectory(options).toString(),
                            origin(options.state().isPresent(), "--state", "WHYDUNIT_STATE", variables)),
                    new Shown(
                            "environment",
                            configuration.environmentName(),
                            origin(options.environment().isPresent(), "--env", "WHYDUNIT_ENV", variables)));
        }

        private static String origin(boolean flag, String option, String variable, Map<String, String> variables) {
            return flag ? option : variables.getOrDefault(variable, "").isEmpty() ? "default" : "env " + variable;
        }

        private void print(Shown value) {
            String line = value.path() + ": " + value.value();
            application
                    .console()
                    .out()
                    .println(PlainText.forTerminal(origin ? "%-60s  # %s".formatted(line, value.origin()) : line));
        }

        private static String json(List<Shown> values) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("schemaVersion", 1);
            document.put("values", values);
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(document);
        }
    }
}
