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
        SecretMask now = mask.get();
        return new Notification(
                notification.alerts().stream().map(item -> of(item, now)).toList(), notification.notes());
    }

    /** The fingerprint stays the sender's: by it the alert is known again. */
    private static Notification.Item of(Notification.Item item, SecretMask now) {
        Alert alert = item.alert();
        // Most alerts hold nothing that could be a secret: one look at all of their texts says so.
        if (now.isSurelyClean(String.join("\n", item.event(), alert.generatorUrl(), alert.groupKey())
                + alert.labels()
                + alert.annotations())) {
            return item;
        }
        return new Notification.Item(
                now.text(item.event()),
                new Alert(
                        alert.status(),
                        texts(alert.labels(), now),
                        texts(alert.annotations(), now),
                        alert.startsAt(),
                        alert.endsAt(),
                        alert.fingerprint(),
                        now.text(alert.generatorUrl()),
                        now.text(alert.groupKey())));
    }

    private static SortedMap<String, String> texts(Map<String, String> texts, SecretMask now) {
        SortedMap<String, String> masked = new TreeMap<>();
        if (now.data(texts) instanceof Map<?, ?> map) {
            map.forEach((name, text) -> masked.put(String.valueOf(name), String.valueOf(text)));
        }
        return masked;
    }
}
