package dev.whydunit.step.hostcommand;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.step.hostcommand.ParsedOutput.NotParsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code host_command}: runs a program or a script of this machine. */
public final class HostCommandKind implements StepKind<HostCommandParameters> {
    private static final int OUTPUT_LIMIT = 1 << 20;
    private static final int MAX_LINES = 20_000;
    private static final int SCRIPT_PROGRAM_MISSING = 127;
    /** By which a script says that it cannot look here, as test programs of autotools do to be skipped. */
    private static final int SCRIPT_CANNOT_LOOK = 77;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Variables that make a program load or run something else. */
    private static final Set<String> DANGEROUS = Set.of(
            "LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "BASH_ENV", "ENV", "IFS", "PS4", "PYTHONSTARTUP", "PERL5OPT");

    private final int outputLimit;

    /** With the usual limit of what is kept of a command's output. */
    public HostCommandKind() {
        this(OUTPUT_LIMIT);
    }

    HostCommandKind(int outputLimit) {
        this.outputLimit = outputLimit;
    }

    /** Makes ready, ahead of the first command, what starts processes. */
    public static void load() {
        PosixSpawn.available();
    }

    @Override
    public KindSignature signature() {
        return new KindSignature(
                "host_command",
                "Runs a command on this machine and reads what it prints.",
                HostCommandParameters.class,
                HostCommandResult.class,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Effect.READ,
                Optional.empty());
    }

    @Override
    public String rendered(HostCommandParameters parameters) {
        return ShellText.of(parameters);
    }

    @Override
    public List<Touch> touches(HostCommandParameters parameters) {
        if (parameters.script().isPresent()) {
            // The shell is started by its full path, wherever the step looks for programs.
            return List.of(SearchPath.touch(List.of("sh", parameters.script().get()), Map.of()));
        }
        return parameters.run().isEmpty() || parameters.run().getFirst().isEmpty()
                ? List.of()
                : List.of(SearchPath.touch(parameters.run(), parameters.env()));
    }

    @Override
    public Observation observe(HostCommandParameters parameters, StepContext context)
            throws IOException, InterruptedException {
        Optional<String> wrong = mistake(parameters);
        if (wrong.isPresent()) {
            return new Unseen(Cause.FAILED, wrong.get(), "correct the step's parameters");
        }
        OutputParser parser = (text, lines) -> ParsedOutput.NOTHING;
        if (parameters.parse().isPresent()) {
            try {
                parser = OutputParser.named(parameters.parse().get());
            } catch (NotParsed e) {
                return new Unseen(Cause.FAILED, String.valueOf(e.getMessage()), "correct the step's parse parameter");
            }
        }
        Path folder = parameters
                .cwd()
                .map(context.baseDirectory()::resolve)
                .orElse(context.baseDirectory())
                .toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            return new Unseen(Cause.FAILED, "no such folder to run in: " + folder, "correct the step's cwd");
        }
        if (parameters.script().isEmpty()) {
            return run(parameters, parameters.run(), parser, folder, context);
        }
        Path script = writeScript(parameters.script().get());
        try {
            return run(parameters, List.of("/bin/sh", "-eu", script.toString()), parser, folder, context);
        } finally {
            Files.deleteIfExists(script);
        }
    }

    private Observation run(
            HostCommandParameters parameters, List<String> argv, OutputParser parser, Path folder, StepContext context)
            throws IOException, InterruptedException {
        Map<String, String> environment = environment(parameters.env());
        Optional<Path> program =
                SearchPath.find(argv.getFirst(), environment.getOrDefault(SearchPath.VARIABLE, ""), folder);
        if (program.isEmpty()) {
            return new Unseen(
                    Cause.FAILED,
                    "no such program on this machine: " + argv.getFirst(),
                    "install it, or correct the step's run; PATH is " + environment.get("PATH"));
        }
        CommandRun command = new CommandRun(
                new Invocation(program.get(), argv, environment, folder, parameters.stdin()), outputLimit);
        Duration limit = context.remaining();
        long start = System.nanoTime();
        // A moment earlier than the engine's own limit, which knows less of what happened.
        Optional<Integer> exit = command.run(limit.minus(min(limit.dividedBy(10), Duration.ofMillis(100))));
        double seconds = (System.nanoTime() - start) / 1e9;
        return exit.isPresent()
                ? seen(parameters, exit.get(), seconds, command.output(), parser)
                : timedOut(parameters, limit, command.output());
    }

    private static Observation seen(
            HostCommandParameters parameters, int exit, double seconds, CommandOutput output, OutputParser parser) {
        List<String> caveats = new ArrayList<>();
        String stdout = output.stdout().text();
        String stderr = output.stderr().text();
        if (exit == SCRIPT_PROGRAM_MISSING && parameters.script().isPresent()) {
            return new Unseen(
                    Cause.FAILED,
                    "the script calls a program that this machine has not: " + lastLine(stderr),
                    "install it, or let the script test for it with command -v");
        }
        if (exit == SCRIPT_CANNOT_LOOK && parameters.script().isPresent()) {
            String said = lastLine(stderr);
            return new Unseen(Cause.FAILED, said.isEmpty() ? "the script says that it cannot look here" : said, "");
        }
        cut(caveats, "standard output", output.stdout());
        cut(caveats, "standard error", output.stderr());
        if (output.leftBehind()) {
            caveats.add("It left processes behind that held its output open; they were ended.");
        }
        List<String> lines = stdout.lines().limit(MAX_LINES).toList();
        if (lines.size() == MAX_LINES) {
            caveats.add("Only the first " + MAX_LINES + " lines were read as lines.");
        }
        ParsedOutput parsed;
        try {
            parsed = parser.parse(stdout, lines);
        } catch (NotParsed e) {
            return new Unseen(
                    Cause.FAILED,
                    e.getMessage() + " (exit code " + exit + (stderr.isBlank() ? ")" : "; " + lastLine(stderr) + ")"),
                    "run it by hand and compare with the step's parse");
        }
        return new Seen(
                new HostCommandResult(
                        exit, stdout, stderr, lines, parsed.fields(), parsed.rows(), parsed.json(), seconds),
                true,
                List.of(),
                caveats);
    }

    private static Unseen timedOut(HostCommandParameters parameters, Duration limit, CommandOutput output) {
        String last = lastLine(output.stdout().text());
        String command = parameters.script().isPresent()
                ? "the script"
                : parameters.run().getFirst();
        return new Unseen(
                Cause.TIMED_OUT,
                command + " did not end within " + Math.round(limit.toNanos() / 1e6)
                        + " ms; it and all that it started were ended"
                        + (last.isEmpty() ? "" : "; it last said: " + last),
                "raise the step's timeout, or make the command do less");
    }

    private static void cut(List<String> caveats, String name, CappedOutput output) {
        if (output.leftOut() > 0) {
            caveats.add("The middle of " + name + " was left out: " + output.leftOut() + " bytes.");
        }
    }

    private static String lastLine(String text) {
        String line = text.lines()
                .filter(l -> !l.isBlank())
                .reduce("", (first, second) -> second)
                .strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    /** Empty when the parameters are well formed. */
    private static Optional<String> mistake(HostCommandParameters parameters) {
        if (parameters.run().isEmpty() == parameters.script().isEmpty()) {
            return Optional.of("host_command needs exactly one of run and script");
        }
        if (!parameters.run().isEmpty() && parameters.run().getFirst().isEmpty()) {
            return Optional.of("the program's name in run is empty");
        }
        for (String argument : parameters.run()) {
            if (argument.indexOf('\0') >= 0) {
                return Optional.of("an argument holds a NUL character, which no program can be given");
            }
        }
        for (Map.Entry<String, String> variable : parameters.env().entrySet()) {
            if (!VARIABLE.matcher(variable.getKey()).matches()) {
                return Optional.of("not a name for an environment variable: " + variable.getKey());
            }
            if (DANGEROUS.contains(variable.getKey())) {
                return Optional.of(variable.getKey() + " may not be set: it makes programs run something else");
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                return Optional.of("the value of " + variable.getKey() + " holds a NUL character");
            }
        }
        return Optional.empty();
    }

    /** Small, and without anything of ours but the search path and the home folder. */
    private static Map<String, String> environment(Map<String, String> own) {
        Map<String, String> environment = new HashMap<>();
        environment.put(SearchPath.VARIABLE, SearchPath.own());
        environment.put("HOME", System.getProperty("user.home", "/"));
        environment.put("LANG", "C.UTF-8");
        environment.put("TZ", "UTC");
        environment.putAll(own);
        return environment;
    }

    private static Path writeScript(String text) throws IOException {
        Path script = Files.createTempFile(
                "whydunit-", ".sh", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(script, text);
        return script;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
