package dev.whydunit.webhook;

import java.util.Map;

/** Mappings of well-known senders, written as a user would write them. */
final class ReadyMappings {
    /** What a receiver without a mapping expects: our own plain shape, one alert or a list of them. */
    static final String PLAIN = """
            alerts: 'has(payload.alerts) ? payload.alerts : [payload]'
            firing: '!(has(alert.status) && alert.status == "resolved")'
            identity: 'has(alert.title) && !has(alert.id) && !has(alert.labels) ? string(alert.title) : has(alert.id) ? string(alert.id) : has(alert.labels) && has(alert.labels.alertname) ? string(alert.labels.alertname) + "/" + (has(alert.labels.service) ? string(alert.labels.service) : "") : string(alert.title)'
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
            when: 'payload.action in ["Create", "UnAcknowledge", "Close", "Delete"]'
            firing: 'payload.action in ["Create", "UnAcknowledge"]'
            identity: '"opsgenie " + string(payload.alert.alertId)'
            event: 'string(payload.alert.alertId) + "|" + string(payload.action) + "|" + (has(payload.alert.updatedAt) ? string(payload.alert.updatedAt) : "")'
            at: 'has(payload.alert.updatedAt) ? int(payload.alert.updatedAt) / 1000000 : payload.alert.createdAt'
            labels:
              '*': 'payload.alert.details'
              alertname: 'payload.alert.message'
              service: 'has(payload.alert.details) && has(payload.alert.details.service) ? payload.alert.details.service : payload.alert.entity'
              severity: 'payload.alert.priority in ["P1", "P2"] ? "critical" : payload.alert.priority == "P3" ? "warning" : "info"'
              opsgenie_alert: 'payload.alert.alertId'
            annotations:
              summary: 'payload.alert.message'
              description: 'payload.alert.description'
            """;

    /** Zabbix writes every value as text. What its macros did not fill in, as when a media type is tested, tells of nothing. */
    private static final String ZABBIX = """
            when: '!has(payload.event_value) || string(payload.event_value) in ["0", "1"]'
            firing: 'string(payload.event_value) == "1"'
            identity: '"zabbix " + string(payload.trigger_id) + " " + string(payload.host)'
            event: 'string(payload.event_id) + "|" + string(payload.event_value)'
            at: 'int(payload.event_time)'
            labels:
              alertname: 'payload.trigger_name'
              host: 'payload.host'
              service: 'payload.service'
              severity: 'payload.severity in ["High", "Disaster"] ? "critical" : payload.severity in ["Average", "Warning"] ? "warning" : "info"'
            annotations:
              summary: 'payload.trigger_name'
              description: 'payload.message'
              link: 'payload.url'
            """;

    /** Sentry tells of installations, comments and single errors too; those are no alerts. */
    private static final String SENTRY = """
            when: '(has(payload.data.event) || has(payload.data.issue) || has(payload.data.metric_alert)) && payload.action in ["triggered", "created", "resolved", "unresolved", "archived", "ignored", "critical", "warning"]'
            firing: '!(payload.action in ["resolved", "archived", "ignored"])'
            identity: 'has(payload.data.event) ? "sentry " + string(payload.data.event.issue_id) : has(payload.data.issue) ? "sentry " + string(payload.data.issue.id) : "sentry metric " + string(payload.data.metric_alert.id)'
            event: 'headers["request-id"]'
            labels:
              alertname: 'has(payload.data.triggered_rule) ? payload.data.triggered_rule : has(payload.data.issue) ? payload.data.issue.title : payload.data.metric_alert.title'
              service: 'has(payload.data.event) ? payload.data.event.url.split("/projects/")[1].split("/")[1] : has(payload.data.issue) ? payload.data.issue.project.slug : payload.data.metric_alert.projects[0]'
              severity: 'payload.action == "critical" || (has(payload.data.event) && payload.data.event.level in ["fatal", "error"]) ? "critical" : "warning"'
            annotations:
              summary: 'has(payload.data.event) ? payload.data.event.title : has(payload.data.issue) ? payload.data.issue.title : payload.data.description_title'
              description: 'payload.data.description_text'
              link: 'has(payload.data.event) ? payload.data.event.web_url : has(payload.data.issue) ? payload.data.issue.web_url : payload.data.web_url'
            """;

    /** By the name that a receiver's {@code kind} gives them. */
    static final Map<String, String> BY_NAME = Map.of("opsgenie", OPSGENIE, "zabbix", ZABBIX, "sentry", SENTRY);

    private ReadyMappings() {}
}
