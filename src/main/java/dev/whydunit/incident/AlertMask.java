package dev.whydunit.incident;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.Notification;
import dev.whydunit.masking.SecretMask;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Takes secrets out of alerts before they are stored: signatures were checked on what was sent, and nothing later needs it as it was. */
final class AlertMask {
    private final Supplier<SecretMask> mask;

    AlertMask(Supplier<SecretMask> mask) {
        this.mask = mask;
    }

    Notification of(Notification notification) {
        return new Notification(
                notification.alerts().stream()
                        .map(item -> new Notification.Item(mask.get().text(item.event()), of(item.alert())))
                        .toList(),
                notification.notes());
    }

    /** The fingerprint stays the sender's: by it the alert is known again. */
    private Alert of(Alert alert) {
        return new Alert(
                alert.status(),
                texts(alert.labels()),
                texts(alert.annotations()),
                alert.startsAt(),
                alert.endsAt(),
                alert.fingerprint(),
                mask.get().text(alert.generatorUrl()),
                mask.get().text(alert.groupKey()));
    }

    private SortedMap<String, String> texts(Map<String, String> texts) {
        SortedMap<String, String> masked = new TreeMap<>();
        if (mask.get().data(texts) instanceof Map<?, ?> map) {
            map.forEach((name, text) -> masked.put(String.valueOf(name), String.valueOf(text)));
        }
        return masked;
    }
}
