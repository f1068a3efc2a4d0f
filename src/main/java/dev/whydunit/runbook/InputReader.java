package dev.whydunit.runbook;

import dev.whydunit.runbook.RunbookDocument.InputDocument;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the declarations of inputs. */
final class InputReader {
    private static final List<String> ALERT_FIELDS = List.of("labels", "annotations", "starts_at", "status");

    private final Problems problems;

    InputReader(Problems problems) {
        this.problems = problems;
    }

    Map<String, Input> read(List<Keyed<InputDocument>> entries) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (Keyed<InputDocument> entry : entries) {
            Ids.check(entry.key(), "an input's id", problems);
            inputs.put(entry.name(), input(entry));
        }
        return inputs;
    }

    private Input input(Keyed<InputDocument> entry) {
        InputDocument document = entry.value();
        List<Object> choices = new ArrayList<>();
        for (YamlNode choice : document.choices()) {
            value(choice, document.type(), "a choice of '" + entry.name() + "'").ifPresent(choices::add);
        }
        Optional<Object> byDefault = document.default_()
                .flatMap(node -> value(node, document.type(), "the default of '" + entry.name() + "'"));
        if (byDefault.isPresent() && !choices.isEmpty() && !choices.contains(byDefault.get())) {
            problems.add(
                    "E502",
                    document.default_().get(),
                    "the default of '" + entry.name() + "' is none of its choices",
                    "its choices: "
                            + Spelling.list(
                                    choices.stream().map(InputText::show).toList()));
        }
        document.from().ifPresent(this::checkFrom);
        return new Input(
                entry.name(),
                entry.key().position(),
                document.type(),
                byDefault,
                document.from().map(YamlNode.Scalar::text),
                document.about(),
                choices);
    }

    private Optional<Object> value(YamlNode node, InputType type, String what) {
        if (type == InputType.LIST && node instanceof YamlNode.Sequence list) {
            List<Object> items = new ArrayList<>();
            for (YamlNode item : list.items()) {
                if (!(item instanceof YamlNode.Scalar scalar)) {
                    problems.add("E501", item, what + " holds texts, not " + item.kind(), "");
                    return Optional.empty();
                }
                items.add(scalar.text());
            }
            return Optional.of(List.copyOf(items));
        }
        if (!(node instanceof YamlNode.Scalar scalar) || type == InputType.LIST) {
            problems.add("E501", node, what + " is " + InputText.words(type) + ", not " + node.kind(), "");
            return Optional.empty();
        }
        Optional<Object> value = InputText.parse(scalar.text(), type);
        if (value.isEmpty()) {
            problems.add(
                    "E501",
                    scalar,
                    what + " is " + InputText.words(type) + ", not '" + scalar.text() + "'",
                    InputText.help(scalar.text(), type));
        }
        return value;
    }

    private void checkFrom(YamlNode.Scalar from) {
        String[] parts = from.text().split("\\.", -1);
        boolean map = parts.length > 1 && (parts[1].equals("labels") || parts[1].equals("annotations"));
        boolean known = parts.length > 1 && parts[0].equals("alert") && ALERT_FIELDS.contains(parts[1]);
        boolean whole = parts.length == (map ? 3 : 2)
                && parts[parts.length - 1].chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
        if (known && whole && !parts[parts.length - 1].isEmpty()) {
            return;
        }
        String near = parts.length > 1 && !known ? Spelling.didYouMean(parts[1], ALERT_FIELDS) : "";
        problems.add(
                "E503",
                from,
                "'from' names a field of the alert, not '" + from.text() + "'",
                near.isEmpty()
                        ? "write alert.labels.NAME, alert.annotations.NAME, alert.starts_at or alert.status"
                        : near);
    }
}
