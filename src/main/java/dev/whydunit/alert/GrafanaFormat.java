package dev.whydunit.alert;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Grafana Alerting's webhook: Alertmanager's shape, with the values that were measured and addresses of the panel and the
 * dashboard, which are kept as annotations.
 *
 * @see <a href="https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/">Webhook notifier</a>
 */
final class GrafanaFormat {
    private GrafanaFormat() {}

    static Notification notification(byte[] payload) throws UnreadableAlert {
        JsonNode root = AlertFields.object(payload);
        Notification read = AlertmanagerFormat.alerts(root, GrafanaFormat::withLinks);
        boolean test = !read.alerts().isEmpty()
                && read.refused().isEmpty()
                && read.alerts().stream().allMatch(item -> isTest(item.alert()));
        return test ? new Notification(List.of(), List.of("passed over: Grafana's test of its contact point")) : read;
    }

    /** What the button "Test" sends: labels of its own, and no rule that it comes from. */
    private static boolean isTest(Alert alert) {
        return alert.name().equals("TestAlert")
                && alert.labels().getOrDefault("instance", "").equals("Grafana")
                && alert.generatorUrl().isEmpty();
    }

    private static Alert withLinks(Alert alert, JsonNode json, String at) throws UnreadableAlert {
        SortedMap<String, String> annotations = new TreeMap<>(alert.annotations());
        for (String link : List.of("panelURL", "dashboardURL", "silenceURL", "valueString")) {
            String text = AlertFields.text(json, at, link, AlertFormat.MAX_TEXT_LENGTH);
            if (!text.isEmpty()) {
                annotations.putIfAbsent(link, text);
            }
        }
        JsonNode values = AlertFields.child(json, at, "values");
        values.properties().stream()
                .limit(AlertFormat.MAX_LABELS)
                .filter(value -> value.getValue().isNumber() && value.getKey().length() <= AlertFormat.MAX_NAME_LENGTH)
                .forEach(value -> annotations.putIfAbsent(
                        "value_" + value.getKey(), value.getValue().asString()));
        return new Alert(
                alert.status(),
                alert.labels(),
                annotations,
                alert.startsAt(),
                alert.endsAt(),
                alert.fingerprint(),
                alert.generatorUrl(),
                alert.groupKey());
    }
}
