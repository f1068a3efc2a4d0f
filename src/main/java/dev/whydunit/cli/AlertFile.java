package dev.whydunit.cli;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.AlertmanagerFormat;
import dev.whydunit.alert.UnreadableAlert;
import dev.whydunit.engine.Trigger;
import dev.whydunit.running.AlertData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A payload as Alertmanager posts it to a webhook, as what begins an investigation. */
final class AlertFile {
    private static final long MAX_BYTES = 1 << 20;

    private AlertFile() {}

    /** The trigger that the file holds; empty, with the reason said, when it holds none. */
    static Optional<Trigger> trigger(Path file, Application application) throws IOException {
        if (!Files.isRegularFile(file)) {
            application.fail("there is no file " + file + "; --alert takes a payload as Alertmanager posts it");
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            application.fail(file + " is larger than " + MAX_BYTES + " bytes; is it an alert?");
            return Optional.empty();
        }
        return trigger(file.toString(), Files.readAllBytes(file), application);
    }

    /** The trigger that the payload holds: its first alert. Empty, with the reason said, when it holds none. */
    static Optional<Trigger> trigger(String name, byte[] payload, Application application) {
        try {
            List<Alert> alerts = AlertmanagerFormat.parse(payload);
            if (alerts.isEmpty()) {
                application.fail(name + " holds no alert");
                return Optional.empty();
            }
            return Optional.of(new Trigger("alert", AlertData.of(alerts.getFirst())));
        } catch (UnreadableAlert e) {
            application.fail(name + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
