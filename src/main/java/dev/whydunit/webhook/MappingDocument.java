package dev.whydunit.webhook;

import dev.whydunit.schema.About;
import dev.whydunit.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** How to read alerts from any JSON: each field is a CEL expression over {@code payload}, {@code headers} and {@code alert}. */
@About(
        "How to read alerts from any JSON: CEL over payload (the body), headers (lower-case names) and alert (one of alerts).")
record MappingDocument(
        @About(
                value = "The list of alerts in the payload; the payload itself when left out.",
                example = "payload.items")
        Optional<YamlNode.Scalar> alerts,

        @About(
                value = "Whether this is news of an alert at all; always when left out.",
                example = "payload.kind == 'alert'")
        Optional<YamlNode.Scalar> when,

        @About(value = "Whether it fires; it is resolved otherwise.", example = "alert.state == 'open'")
        YamlNode.Scalar firing,

        @About(value = "What tells the alert from every other of its sender.", example = "string(alert.id)")
        YamlNode.Scalar identity,

        @About(
                value = "What tells this news from every other; made of identity and state when left out.",
                example = "headers['x-id']")
        Optional<YamlNode.Scalar> event,

        @About(
                value =
                        "When it began or ended: a time, a text like 2026-01-31T02:00:00Z, or seconds or milliseconds since 1970; now when left out.",
                example = "alert.at")
        Optional<YamlNode.Scalar> at,

        @About(
                value = "Labels: each an expression; one that cannot be evaluated is left out.",
                example = "{alertname: alert.title, service: alert.service}")
        Map<String, YamlNode.Scalar> labels,

        @About(value = "Annotations, as labels.", example = "{summary: alert.text}")
        Map<String, YamlNode.Scalar> annotations) {}
