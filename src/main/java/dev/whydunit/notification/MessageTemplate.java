package dev.whydunit.notification;

import dev.whydunit.expression.Compiled;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Expressions;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.ValueType;
import dev.whydunit.expression.ValueType.ListOf;
import dev.whydunit.expression.ValueType.MapOf;
import dev.whydunit.expression.ValueType.Simple;
import dev.whydunit.expression.ValueType.Struct;
import dev.whydunit.expression.Variables;
import dev.whydunit.report.PlainText;
import dev.whydunit.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A text of the configuration with <code>${{ }}</code> over the fields of a message. What is written around the values is the author's, in
 * the language of the channel; a value is data there.
 */
public final class MessageTemplate {
    private static final ListOf TEXTS = new ListOf(Simple.STRING);
    private static final MapOf NAMED = new MapOf(Simple.STRING);
    private static final Scope SCOPE = Scope.of(fields());

    private final Template template;

    private MessageTemplate(Template template) {
        this.template = template;
    }

    private static Map<String, ValueType> fields() {
        Map<String, ValueType> fields = new LinkedHashMap<>();
        for (String text : new String[] {
            "occasion",
            "headline",
            "title",
            "verdict",
            "probability",
            "link",
            "incident",
            "investigation",
            "runbook",
            "environment",
            "at"
        }) {
            fields.put(text, Simple.STRING);
        }
        fields.put("evidence", TEXTS);
        fields.put("not_checked", TEXTS);
        fields.put("next", TEXTS);
        fields.put("inputs", NAMED);
        fields.put("alert", new Struct("alert", Map.of("labels", NAMED, "annotations", NAMED)));
        return fields;
    }

    /** Compiles a text of the configuration; problems are placed in it. */
    static Compiled<Template> compile(YamlNode.Scalar text) {
        return Expressions.template(text.text(), SCOPE);
    }

    static MessageTemplate of(Template compiled) {
        return new MessageTemplate(compiled);
    }

    /**
     * The text for a message.
     *
     * @param place makes a value data where it goes; it is given text without control characters but line breaks and tabs
     * @throws EvaluationFailure when a value is absent
     */
    String render(Message message, UnaryOperator<String> place) throws EvaluationFailure {
        return template.renderFor(variables(message), value -> place.apply(PlainText.forTerminal(value)));
    }

    private static Variables variables(Message message) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("occasion", message.occasion().word());
        values.put("headline", message.headline());
        values.put("title", message.title());
        values.put("verdict", message.verdict());
        values.put("probability", message.probability().map(PlainText::percent).orElse(""));
        values.put("evidence", message.evidence());
        values.put("not_checked", message.notChecked());
        values.put("next", message.next());
        values.put("link", message.link().orElse(""));
        values.put("incident", message.incident().orElse(""));
        values.put("investigation", message.investigation().orElse(""));
        values.put("runbook", message.runbook());
        values.put("environment", message.environment());
        values.put("at", message.at().toString());
        values.put("inputs", message.inputs());
        values.put("alert", Map.of("labels", message.labels(), "annotations", message.annotations()));
        return Variables.of(values);
    }
}
