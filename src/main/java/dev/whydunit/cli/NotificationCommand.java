package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.config.Configuration;
import dev.whydunit.delivery.Courier;
import dev.whydunit.delivery.Outbox;
import dev.whydunit.delivery.Outcome;
import dev.whydunit.delivery.StoredNotification;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Messages;
import dev.whydunit.report.PlainText;
import dev.whydunit.running.ConfiguredSecrets;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.schema.Names;
import dev.whydunit.schema.Spelling;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit notification …}: what was told to whom, and whether a channel works. */
@Command(
        mixinStandardHelpOptions = true,
        name = "notification",
        description = "List messages that were sent, and try a channel.",
        footer = {"", "Example: whydunit notification test team"})
final class NotificationCommand extends CommandGroup {
    NotificationCommand(Application application) {
        super(application);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "The newest messages first: delivered, waiting, failed.",
            footer = {"", "Example: whydunit notification list -o json"})
    int list(
            @Mixin CommonOptions options,
            @Option(
                            names = {"-n", "--limit"},
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many (default: 20).")
                    int limit,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "text or json (default: text).")
                    Format format)
            throws SQLException {
        Optional<Configuration> configuration = application().configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        SecretMask mask = new SecretMask(ConfiguredSecrets.of(configuration.get()));
        try (Database database =
                LocalDatabase.open(configuration.get(), application().stateDirectory(options))) {
            List<StoredNotification> found = new Outbox(database, () -> mask).list(Math.clamp(limit, 1, 10_000));
            if (format == Format.JSON) {
                print(JsonText.of(Map.of(
                        "notifications",
                        found.stream().map(StoredNotification::data).toList())));
            } else if (found.isEmpty()) {
                print("No message yet. Servers send them, as notifications: in whydunit.yaml says.\n");
            } else {
                print(text(found));
            }
        }
        return ExitCode.DONE;
    }

    private static String text(List<StoredNotification> found) {
        StringBuilder text = new StringBuilder();
        text.append(line("CREATED (UTC)", "CHANNEL", "STATE", "TRIES", "ABOUT", "SAID"));
        for (StoredNotification one : found) {
            text.append(line(
                    one.createdAt().toString().replace('T', ' ').substring(0, 19),
                    one.channel(),
                    Names.choice(one.state()),
                    Integer.toString(one.attempts()),
                    one.occasion()
                            + one.incident()
                                    .or(one::investigation)
                                    .map(id -> " " + id)
                                    .orElse(""),
                    one.said()));
        }
        return PlainText.forTerminal(text.toString());
    }

    private static String line(String created, String channel, String state, String tries, String about, String said) {
        return String.format(
                                Locale.ROOT,
                                "%-19s  %-12s  %-9s  %5s  %-24s  %s",
                                created,
                                channel,
                                state,
                                tries,
                                about,
                                said)
                        .stripTrailing()
                + "\n";
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "test",
            description = "Sends a sample message to a channel, and says what the other side answered.",
            footer = {"", "Example: whydunit notification test team"})
    int test(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "CHANNEL", description = "Its name under notifications.channels.") String name,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "text or json (default: text).")
                    Format format,
            @Option(
                            names = "--pagerduty-incident",
                            paramLabel = "ID",
                            description = "Of a pagerduty channel: the incident that gets the note.")
                    Optional<String> pagerDutyIncident)
            throws InterruptedException {
        Optional<Configuration> configuration = application().configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Map<String, Channel> channels = configuration.get().notifications().channels();
        Channel channel = channels.get(name);
        if (channel == null) {
            Set<String> known = channels.keySet();
            application()
                    .fail("there is no channel '" + name + "'; "
                            + (known.isEmpty()
                                    ? "add one under notifications: {channels: …} in whydunit.yaml"
                                    : Spelling.didYouMeanOr(name, known, "channels")));
            return ExitCode.USAGE;
        }
        InstantSource clock = InstantSource.system();
        Messages messages = configuration.get().notifications().messages();
        Outcome outcome = new Courier(configuration.get().environment(), clock)
                .deliver(channel, messages.sample(clock.instant(), pagerDutyIncident), "ntf-" + UUID.randomUUID());
        boolean delivered = outcome instanceof Outcome.Delivered;
        String said = new SecretMask(ConfiguredSecrets.of(configuration.get())).text(outcome.said());
        if (format == Format.JSON) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("channel", name);
            document.put("kind", channel.kind());
            document.put("delivered", delivered);
            document.put("status", outcome.status());
            document.put("said", said);
            print(JsonText.of(document));
        } else if (delivered) {
            print(PlainText.forTerminal(name + " (" + channel.kind() + ") took it: " + said) + "\n");
        } else {
            application().fail(name + " (" + channel.kind() + ") did not take it: " + said);
        }
        return delivered ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(String text) {
        application().console().out().print(text);
        application().console().out().flush();
    }
}
