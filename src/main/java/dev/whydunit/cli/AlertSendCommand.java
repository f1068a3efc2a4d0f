package dev.whydunit.cli;

import dev.whydunit.alert.AlertFormat;
import dev.whydunit.alert.Notification;
import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.config.Configuration;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.report.PlainText;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.running.LocalIntake;
import dev.whydunit.running.StateLock;
import dev.whydunit.schema.Spelling;
import dev.whydunit.store.Database;
import dev.whydunit.webhook.Delivery;
import dev.whydunit.webhook.Receiver;
import dev.whydunit.webhook.Receivers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit alert send}: a payload on the way of a webhook's, without a server. */
@Command(
        mixinStandardHelpOptions = true,
        name = "send",
        description = "Take a sender's payload in as a webhook would, and investigate what it is worth.",
        footer = {
            "",
            "The alerts are stored, grouped into incidents and triaged as by a server; the investigation that is due is",
            "then run here. The same payload twice starts nothing twice. Exit code 1 when an alert of it cannot be read;",
            "the others are taken in.",
            "",
            "Example: whydunit alert send alert.json",
            "          whydunit alert send event.json --as pagerduty --no-run",
            "          whydunit alert send alert.json --server http://127.0.0.1:8080 --receiver am --token env:AM_TOKEN"
        })
final class AlertSendCommand implements Callable<Integer> {
    private static final String USUAL = "alertmanager";

    private final Application application;

    @Parameters(paramLabel = "FILE", description = "The payload as the sender posts it; - for standard input.")
    private String file = "";

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description =
                    "Whose it is: alertmanager (default), grafana, pagerduty, datadog, sns, opsgenie, zabbix, sentry or generic.")
    private Optional<String> kind = Optional.empty();

    @Option(
            names = "--receiver",
            paramLabel = "NAME",
            description = "A receiver of the configuration: its kind and its map (default: the only one of the kind).")
    private Optional<String> receiver = Optional.empty();

    @Option(names = "--no-run", description = "Store it and run nothing; what is due waits for a server or 'resume'.")
    private boolean noRun;

    @Option(names = "--detailed-exitcode", description = "Tell the verdict by the exit code.")
    private boolean detailedExitCode;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Mixin
    private CommonOptions options = new CommonOptions();

    AlertSendCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Optional<byte[]> payload = payload();
        if (payload.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<String> server = application.serverAddress(options);
        if (server.isPresent()) {
            return new AlertPost(application, configuration.get(), options.token())
                    .send(server.get(), receiver.or(() -> kind).orElse(USUAL), payload.get());
        }
        Optional<Receiver> from = receiver(configuration.get());
        Optional<Notification> notification = from.flatMap(it -> read(it, payload.get()));
        return notification.isEmpty()
                ? ExitCode.USAGE
                : take(configuration.get(), from.get().name(), notification.get());
    }

    private Optional<byte[]> payload() throws IOException {
        if (file.equals("-")) {
            return Optional.of(System.in.readNBytes(AlertFormat.MAX_BYTES + 1));
        }
        Path path = application.directory().resolve(file);
        if (!Files.isRegularFile(path)) {
            application.fail("there is no file " + path + "; alert send takes a payload as a sender posts it");
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Optional.of(in.readNBytes(AlertFormat.MAX_BYTES + 1));
        }
    }

    /** The receiver that was named, else the only one of the kind, else one of the kind as it comes; empty, with the reason said. */
    private Optional<Receiver> receiver(Configuration configuration) {
        Receivers.Loaded loaded = Receivers.read(configuration.receivers(), configuration.environment(), address -> {
            throw new GeneralSecurityException("no certificate is fetched for what a person brings");
        });
        if (!loaded.problems().isEmpty()) {
            application.say(loaded.problems());
            return Optional.empty();
        }
        if (receiver.isPresent()) {
            Optional<Receiver> named = Optional.ofNullable(loaded.receivers().get(receiver.get()));
            if (named.isEmpty()) {
                application.fail("there is no receiver " + receiver.get() + " in the configuration; "
                        + Spelling.didYouMeanOr(
                                receiver.get(), loaded.receivers().keySet(), "its receivers"));
            } else if (kind.isPresent() && !kind.get().equals(named.get().kind())) {
                application.fail("receiver " + receiver.get() + " is of kind "
                        + named.get().kind() + ", not " + kind.get() + "; leave --as out");
                return Optional.empty();
            }
            return named;
        }
        String wanted = kind.orElse(USUAL);
        List<Receiver> fitting = loaded.receivers().values().stream()
                .filter(one -> one.kind().equals(wanted))
                .toList();
        if (fitting.size() == 1) {
            return Optional.of(fitting.getFirst());
        }
        if (fitting.size() > 1) {
            application.fail("several receivers are of kind " + wanted + ": "
                    + String.join(
                            ", ",
                            new TreeSet<>(fitting.stream().map(Receiver::name).toList()))
                    + "; name one with --receiver");
            return Optional.empty();
        }
        Optional<Receiver> plain = Receivers.ofKind(wanted);
        if (plain.isEmpty()) {
            application.fail("there is no kind of sender " + wanted + "; "
                    + Spelling.didYouMeanOr(wanted, Receivers.kinds(), "kinds"));
        }
        return plain;
    }

    private Optional<Notification> read(Receiver from, byte[] payload) {
        Delivery delivery =
                new Delivery(Map.of(), payload, InstantSource.system().instant());
        return switch (from.read(delivery)) {
            case Receiver.Outcome.Read read -> Optional.of(read.notification());
            case Receiver.Outcome.Refused refused -> {
                application.fail(file + ": " + refused.refusal().why() + " (read as " + from.kind() + ")");
                yield Optional.empty();
            }
            case Receiver.Outcome.Confirm confirm -> {
                application.fail(file + " asks to confirm a subscription and holds no alert; open " + confirm.address()
                        + " once to confirm it");
                yield Optional.empty();
            }
        };
    }

    private int take(Configuration configuration, String from, Notification notification)
            throws IOException, SQLException {
        Path state = application.stateDirectory(options);
        if (configuration.database().isEmpty() && StateLock.held(state)) {
            application.fail("a server of this machine uses the state directory " + state
                    + " and takes alerts in itself; post it there: whydunit alert send " + file
                    + " --server http://127.0.0.1:8080 --receiver " + from
                    + " (with --token env:NAME or file:PATH where the receiver wants a bearer token)");
            return ExitCode.FAILED;
        }
        try (Database database = LocalDatabase.open(configuration, state)) {
            LocalIntake intake = new LocalIntake(configuration, database, application.signatures(), !noRun);
            LocalIntake.Taken taken = intake.take(from, notification);
            return tell(configuration, database, intake, taken, notification);
        } catch (JournalFailure e) {
            application.fail(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    private int tell(
            Configuration configuration,
            Database database,
            LocalIntake intake,
            LocalIntake.Taken taken,
            Notification notification)
            throws SQLException {
        TakenAlerts told = new TakenAlerts(intake, taken, notification);
        intake.problems().forEach(application::fail);
        notification.notes().forEach(application::fail);
        notification
                .listedRefused()
                .forEach(one -> application.fail(file + ": " + one.get("error") + "; it was not taken in"));
        if (format != Format.JSON) {
            application.console().out().print(PlainText.forTerminal(told.text(noRun)));
            application.console().out().flush();
        }
        List<Application.Carried> ended = new ArrayList<>();
        int exit = notification.refused().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        for (String id : noRun ? List.<String>of() : taken.due()) {
            Optional<Application.Carried> one = new Resumption(application, options, configuration, database).run(id);
            if (one.isEmpty()) {
                exit = ExitCode.FAILED;
                continue;
            }
            ended.add(one.get());
            if (format != Format.JSON) {
                application.console().out().println();
                application.print(one.get().summary(), Format.TEXT);
            }
            int code = Application.exitCode(one.get().ending(), one.get().summary(), detailedExitCode);
            exit = exit == ExitCode.DONE ? code : exit;
            if (code == ExitCode.INTERRUPTED) {
                break;
            }
        }
        if (format == Format.JSON) {
            application.console().out().println(told.json(ended));
        }
        return exit;
    }
}
