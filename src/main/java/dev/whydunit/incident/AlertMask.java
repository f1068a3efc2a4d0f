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
        SecretMask now = mask.get();
        return new Notification(
                notification.alerts().stream().map(item -> of(item, now)).toList(),
                notification.notes(),
                notification.refused());
    }

    /** The fingerprint stays the sender's: by it the alert is known again. */
    private static Notification.Item of(Notification.Item item, SecretMask now) {
        Alert alert = item.alert();
        // Most alerts hold nothing that could be a secret or is no text: one look at all of it says so.
        String all = String.join("\n", item.event(), alert.fingerprint(), alert.groupKey(), alert.generatorUrl())
                + alert.labels()
                + alert.annotations();
        if (now.isSurelyClean(all) && isStorable(all)) {
            return item;
        }
        return new Notification.Item(
                text(item.event(), now),
                new Alert(
                        alert.status(),
                        texts(alert.labels(), now),
                        texts(alert.annotations(), now),
                        alert.startsAt(),
                        alert.endsAt(),
                        storable(alert.fingerprint()),
                        text(alert.generatorUrl(), now),
                        text(alert.groupKey(), now)),
                item.told());
    }

    private static SortedMap<String, String> texts(Map<String, String> texts, SecretMask now) {
        SortedMap<String, String> masked = new TreeMap<>();
        if (now.data(texts) instanceof Map<?, ?> map) {
            map.forEach((name, text) -> masked.put(storable(String.valueOf(name)), storable(String.valueOf(text))));
        }
        return masked;
    }

    private static String text(String text, SecretMask now) {
        return storable(now.text(text));
    }

    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }

    /** PostgreSQL takes no NUL, and neither database halves of characters. */
    private static String storable(String text) {
        if (isStorable(text)) {
            return text;
        }
        return text.codePoints()
                .map(character ->
                        character == 0 || Character.getType(character) == Character.SURROGATE ? REPLACED : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
