package dev.whydunit.replay;

import dev.whydunit.replay.Rerun.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What an investigation would be now, for people and for programs. */
public final class RerunText {
    private static final int SCHEMA_VERSION = 1;
    private static final String NOT_THERE = "not there";

    private RerunText() {}

    /** For people. */
    public static String text(Rerun rerun) {
        StringBuilder text = new StringBuilder();
        rerun.was()
                .ifPresent(was -> text.append("was       ").append(verdict(was)).append('\n'));
        text.append("would be  ").append(verdict(rerun.now())).append('\n');
        if (rerun.was().isPresent()) {
            text.append(rerun.sameVerdict() ? "The verdict is the same.\n" : "The verdict differs.\n");
        }
        if (!rerun.belief().isEmpty()) {
            text.append("\nBelief that moved\n");
            rerun.belief()
                    .forEach((path, change) -> text.append(String.format(
                            Locale.ROOT, "  %-36s %s, now %s%n", path, percent(change.then()), percent(change.now()))));
        }
        if (!rerun.findings().isEmpty()) {
            text.append("\nFindings that changed\n");
            rerun.findings().forEach((id, change) -> {
                text.append(String.format(
                        Locale.ROOT,
                        "  %-36s %s, now %s%n",
                        id,
                        change.then().orElse("not read"),
                        change.now().orElse("not read")));
                Optional.ofNullable(rerun.now().findings().get(id))
                        .ifPresent(
                                read -> text.append("    ").append(read.says()).append('\n'));
            });
        }
        steps("Not checked: nothing was recorded of these steps", rerun.notRecorded(), text);
        steps("No longer run", rerun.noLongerRun(), text);
        return text.toString();
    }

    private static void steps(String what, List<String> steps, StringBuilder text) {
        if (!steps.isEmpty()) {
            text.append('\n')
                    .append(what)
                    .append("\n  ")
                    .append(String.join(", ", steps))
                    .append('\n');
        }
    }

    private static String verdict(Replayed replayed) {
        String status = replayed.verdict().status().replace('_', ' ');
        return replayed.path().isEmpty()
                ? status
                : status + ": " + replayed.path() + " ("
                        + percent(replayed.verdict().probability()) + ")";
    }

    private static String percent(Optional<Double> probability) {
        return probability.map(RerunText::percent).orElse(NOT_THERE);
    }

    private static String percent(double probability) {
        return String.format(Locale.ROOT, "%.2f %%", Math.clamp(probability * 100, 0.01, 99.99));
    }

    /** As one JSON document. */
    public static String json(String id, Rerun rerun) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("investigation", id);
        rerun.was().ifPresent(was -> {
            json.put("was", side(was));
            json.put("sameVerdict", rerun.sameVerdict());
        });
        json.put("now", side(rerun.now()));
        json.put("beliefMoved", changes(rerun.belief()));
        json.put("findingsChanged", changes(rerun.findings()));
        json.put("notRecorded", rerun.notRecorded());
        json.put("noLongerRun", rerun.noLongerRun());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static Map<String, Object> side(Replayed replayed) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("status", replayed.verdict().status());
        verdict.put("path", replayed.verdict().path());
        verdict.put("probability", replayed.verdict().probability());
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("verdict", verdict);
        side.put("belief", replayed.belief());
        side.put("steps", replayed.run());
        return side;
    }

    private static <T> Map<String, Object> changes(Map<String, Change<T>> changes) {
        Map<String, Object> json = new LinkedHashMap<>();
        changes.forEach((name, change) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            change.then().ifPresent(then -> one.put("then", then));
            change.now().ifPresent(now -> one.put("now", now));
            json.put(name, one);
        });
        return json;
    }
}
