package dev.whydunit.alert;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a monitoring system writes its alerts. Formats are thread-safe and stateless. */
public interface AlertFormat {
    /** The greatest size of a payload. */
    int MAX_BYTES = 1_000_000;

    /** The most alerts of one payload. */
    int MAX_ALERTS = 1_000;

    /** The most labels, and the most annotations, of one alert. */
    int MAX_LABELS = 100;

    /** The greatest length of a label's or annotation's name. */
    int MAX_NAME_LENGTH = 256;

    /** The greatest length of a label's value. */
    int MAX_LABEL_LENGTH = 4_096;

    /** The greatest length of any other text, such as an annotation's value. */
    int MAX_TEXT_LENGTH = 32_768;

    /**
     * The alerts of one delivery, in its order.
     *
     * @param payload the body as it was received
     * @throws UnreadableAlert when it is too large or not such a payload
     */
    Notification read(byte[] payload) throws UnreadableAlert;

    /** The formats that need no mapping, by the name that a receiver's {@code kind} gives them. */
    static Map<String, AlertFormat> all() {
        Map<String, AlertFormat> formats = new TreeMap<>();
        formats.put("alertmanager", AlertmanagerFormat::notification);
        formats.put("grafana", GrafanaFormat::notification);
        formats.put("pagerduty", PagerDutyFormat::notification);
        formats.put("datadog", DatadogFormat::notification);
        formats.put("sns", CloudWatchFormat::notification);
        return formats;
    }

    /** The format of this name. */
    static Optional<AlertFormat> named(String name) {
        return Optional.ofNullable(all().get(name));
    }
}
