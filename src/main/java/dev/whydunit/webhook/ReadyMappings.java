package dev.whydunit.webhook;

import java.util.Map;

/** Mappings of well-known senders, written as a user would write them. */
final class ReadyMappings {
    /** What a receiver without a mapping expects: our own plain shape, one alert or a list of them. */
    static final String PLAIN = """
            alerts: 'has(payload.alerts) ? payload.alerts : [payload]'
            firing: '!(has(alert.status) && alert.status == "resolved")'
            identity: 'has(alert.id) ? string(alert.id) : has(alert.labels) && has(alert.labels.alertname) ? string(alert.labels.alertname) + "/" + (has(alert.labels.service) ? string(alert.labels.service) : "") : string(alert.title)'
            at: 'alert.starts_at'
            labels:
              '*': 'alert.labels'
              alertname: 'has(alert.labels) && has(alert.labels.alertname) ? alert.labels.alertname : alert.title'
              service: 'has(alert.labels) && has(alert.labels.service) ? alert.labels.service : alert.service'
              severity: 'has(alert.labels) && has(alert.labels.severity) ? alert.labels.severity : alert.severity'
            annotations:
              '*': 'alert.annotations'
              summary: 'has(alert.annotations) && has(alert.annotations.summary) ? alert.annotations.summary : alert.summary'
              identity: 'string(alert.id)'
            """;

    private static final String OPSGENIE = """
            when: 'payload.action in ["Create", "Close", "UnAcknowledge"]'
            firing: 'payload.action != "Close"'
            identity: '"opsgenie " + string(payload.alert.alertId)'
            event: 'string(payload.alert.alertId) + "|" + string(payload.action) + "|" + string(payload.alert.updatedAt)'
            at: 'has(payload.alert.updatedAt) ? int(payload.alert.updatedAt) / 1000000 : payload.alert.createdAt'
            labels:
              '*': 'payload.alert.details'
              alertname: 'payload.alert.message'
              service: 'has(payload.alert.details) && has(payload.alert.details.service) ? payload.alert.details.service : payload.alert.entity'
              severity: 'payload.alert.priority in ["P1", "P2"] ? "critical" : "warning"'
              opsgenie_alert: 'payload.alert.alertId'
            annotations:
              summary: 'payload.alert.message'
              description: 'payload.alert.description'
            """;

    private static final String ZABBIX = """
            firing: 'string(payload.event_value) == "1"'
            identity: '"zabbix " + string(payload.trigger_id) + " " + string(payload.host)'
            event: 'string(payload.event_id) + "|" + string(payload.event_value)'
            at: 'payload.event_time'
            labels:
              alertname: 'payload.trigger_name'
              host: 'payload.host'
              service: 'payload.service'
              severity: 'payload.severity in ["High", "Disaster"] ? "critical" : "warning"'
            annotations:
              summary: 'payload.trigger_name'
              description: 'payload.message'
              link: 'payload.url'
            """;

    private static final String SENTRY = """
            when: 'payload.action in ["triggered", "created", "resolved", "unresolved", "critical", "warning"]'
            firing: 'payload.action != "resolved"'
            identity: 'has(payload.data.event) ? "sentry " + string(payload.data.event.issue_id) : has(payload.data.issue) ? "sentry " + string(payload.data.issue.id) : "sentry metric " + string(payload.data.metric_alert.id)'
            event: '"request-id" in headers ? headers["request-id"] : string(payload.action) + string(payload.data)'
            labels:
              alertname: 'has(payload.data.triggered_rule) ? payload.data.triggered_rule : has(payload.data.issue) ? payload.data.issue.title : payload.data.description_text'
              service: 'has(payload.data.event) ? string(payload.data.event.project) : payload.data.issue.project.slug'
              severity: 'has(payload.data.event) ? (payload.data.event.level in ["fatal", "error"] ? "critical" : "warning") : "warning"'
            annotations:
              summary: 'has(payload.data.event) ? payload.data.event.title : payload.data.issue.title'
              link: 'has(payload.data.event) ? payload.data.event.web_url : payload.data.issue.permalink'
            """;

    /** By the name that a receiver's {@code kind} gives them. */
    static final Map<String, String> BY_NAME = Map.of("opsgenie", OPSGENIE, "zabbix", ZABBIX, "sentry", SENTRY);

    private ReadyMappings() {}
}
