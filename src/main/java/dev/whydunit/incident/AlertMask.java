package dev.whydunit.incident;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.Notification;
import dev.whydunit.masking.SecretMask;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Takes secrets out of alerts before they are stored, and what no database takes as text: signatures were checked on what was sent, and
 * nothing later needs it as it was.
 */
final class AlertMask {
    private static final int REPLACED = '\ufffd';

    private final Supplier<SecretMask> mask;

    AlertMask(Supplier<SecretMask> mask) {
        this.mask = mask;
    }

    Notification of(Notification notification) {
        return new Notification(
                notification.alerts().stream()
                        .map(item -> new Notification.Item(text(item.event()), of(item.alert()), item.told()))
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
                storable(alert.fingerprint()),
                text(alert.generatorUrl()),
                text(alert.groupKey()));
    }

    private SortedMap<String, String> texts(Map<String, String> texts) {
        SortedMap<String, String> masked = new TreeMap<>();
        if (mask.get().data(texts) instanceof Map<?, ?> map) {
            map.forEach((name, text) -> masked.put(storable(String.valueOf(name)), storable(String.valueOf(text))));
        }
        return masked;
    }

    private String text(String text) {
        return storable(mask.get().text(text));
    }

    /** PostgreSQL takes no NUL, and neither database halves of characters. */
    private static String storable(String text) {
        if (text.chars().noneMatch(unit -> unit == 0 || Character.isSurrogate((char) unit))) {
            return text;
        }
        return text.codePoints()
                .map(character ->
                        character == 0 || Character.getType(character) == Character.SURROGATE ? REPLACED : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
