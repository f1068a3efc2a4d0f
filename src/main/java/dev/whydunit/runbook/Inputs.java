package dev.whydunit.runbook;

import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that an investigation begins with. */
public final class Inputs {
    private Inputs() {}

    /**
     * What the inputs came to.
     *
     * @param values by input, of CEL's types; complete when there is no problem
     * @param problems unknown, missing and wrong inputs; placed where the runbook declares them
     */
    public record Resolved(Map<String, Object> values, List<Problem> problems) {
        /** Keeps its own copies. */
        public Resolved {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            problems = List.copyOf(problems);
        }
    }

    /**
     * Takes each input from what was given, else from the alert, else its default.
     *
     * @param given as text, by name
     * @param alert the alert as plain data ({@code labels}, {@code annotations}, {@code starts_at}, {@code status}); empty when there is none
     */
    public static Resolved resolve(Runbook runbook, Map<String, String> given, Map<String, Object> alert) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : given.keySet()) {
            if (!runbook.inputs().containsKey(name)) {
                problems.add(problem(
                        "E504",
                        runbook.position(),
                        name,
                        "runbook '" + runbook.id() + "' has no input '" + name + "'",
                        Spelling.didYouMeanOr(name, runbook.inputs().keySet(), "its inputs")));
            }
        }
        for (Input input : runbook.inputs().values()) {
            Optional<String> text = Optional.ofNullable(given.get(input.id()));
            boolean byHand = text.isPresent();
            if (!byHand) {
                text = input.from().flatMap(path -> lookUp(alert, path));
            }
            if (text.isPresent()) {
                value(input, text.get(), byHand, problems).ifPresent(value -> values.put(input.id(), value));
            } else if (input.defaultValue().isPresent()) {
                values.put(input.id(), input.defaultValue().get());
            } else {
                problems.add(problem(
                        "E505",
                        input.position(),
                        input.id(),
                        "input '" + input.id() + "' is needed" + (input.about().isEmpty() ? "" : ": " + input.about()),
                        "give it with -i " + input.id() + "=" + example(input)
                                + input.from()
                                        .map(path -> ", or start from an alert that has " + path)
                                        .orElse("")));
            }
        }
        return new Resolved(values, problems);
    }

    /**
     * Values as the journal keeps them (a duration in seconds, a list as a list) as the text that gives them again.
     *
     * @param stored plain data by input; those that the runbook does not have are left out
     */
    public static Map<String, String> asGiven(Runbook runbook, Map<String, Object> stored) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Input input : runbook.inputs().values()) {
            Object value = stored.get(input.id());
            if (value != null) {
                given.put(input.id(), InputText.ofStored(value, input.type()));
            }
        }
        return given;
    }

    private static Optional<Object> value(Input input, String text, boolean byHand, List<Problem> problems) {
        String source = byHand ? "" : ", from " + input.from().orElse("the alert") + ",";
        Optional<Object> value = InputText.parse(text, input.type());
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        if (value.isEmpty()) {
            problems.add(problem(
                    "E501",
                    input.position(),
                    input.id(),
                    "input '" + input.id() + "'" + source + " is " + InputText.words(input.type()) + ", not '" + shown
                            + "'",
                    InputText.help(text, input.type())));
            return Optional.empty();
        }
        if (!input.choices().isEmpty() && !input.choices().contains(value.get())) {
            List<String> choices = input.choices().stream().map(InputText::show).toList();
            problems.add(problem(
                    "E502",
                    input.position(),
                    input.id(),
                    "input '" + input.id() + "'" + source + " is one of " + Spelling.list(choices) + ", not '" + shown
                            + "'",
                    Spelling.didYouMean(text, choices)));
            return Optional.empty();
        }
        return value;
    }

    private static Problem problem(String code, Position position, String name, String message, String help) {
        return new Problem(code, position, name.length(), message, help);
    }

    private static String example(Input input) {
        return input.choices().isEmpty() ? "…" : InputText.show(input.choices().getFirst());
    }

    private static Optional<String> lookUp(Map<String, Object> alert, String path) {
        Object at = Map.of("alert", alert);
        for (String part : path.split("\\.", -1)) {
            if (!(at instanceof Map<?, ?> map) || map.get(part) == null) {
                return Optional.empty();
            }
            at = map.get(part);
        }
        String text = at.toString();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
