package dev.whydunit.cases;

import dev.whydunit.cases.CaseDocument.ObservationDocument;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Step;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what steps see. */
final class ObservationReader {
    private final Problems problems;
    private final Problems notes;

    ObservationReader(Problems problems, Problems notes) {
        this.problems = problems;
        this.notes = notes;
    }

    /** What a step sees, by target. */
    Map<String, Recorded> read(Step step, Keyed<ObservationDocument> entry) {
        ObservationDocument document = entry.value();
        Map<String, Recorded> targets = new LinkedHashMap<>();
        if (document.targets().isEmpty()) {
            one(step, entry).ifPresent(seen -> targets.put("", seen));
            return targets;
        }
        if (ways(document) > 0) {
            problems.add(
                    "E705",
                    entry.key(),
                    "step '" + step.id() + "' sees something itself and on targets",
                    "move it under one of the targets");
        }
        for (Keyed<ObservationDocument> target : document.targets()) {
            one(step, target).ifPresent(seen -> targets.put(target.name(), seen));
        }
        return targets;
    }

    private static int ways(ObservationDocument document) {
        return (document.result().isPresent() ? 1 : 0)
                + (document.error().isPresent() ? 1 : 0)
                + (document.timedOut().isPresent() ? 1 : 0)
                + (document.denied().isPresent() ? 1 : 0);
    }

    private Optional<Recorded> one(Step step, Keyed<ObservationDocument> entry) {
        ObservationDocument document = entry.value();
        if (ways(document) != 1 && !(ways(document) == 0 && document.noData())) {
            problems.add(
                    "E705",
                    entry.key(),
                    "'" + entry.name() + "' says " + (ways(document) == 0 ? "nothing" : "several things")
                            + " of what is seen",
                    "give it one of result, error, timed_out, denied and no_data");
            return Optional.empty();
        }
        Optional<Duration> took = document.took().flatMap(text -> CaseReader.time(text, problems));
        Set<String> given = new LinkedHashSet<>();
        Optional<Observation> observation = document.error()
                .<Observation>map(why -> new Observation.Unseen(Cause.FAILED, why, ""))
                .or(() -> document.timedOut()
                        .map(why -> new Observation.Unseen(Cause.TIMED_OUT, words(why, "did not end in time"), "")))
                .or(() -> document.denied()
                        .map(why -> new Observation.Unseen(Cause.DENIED, words(why, "was denied"), "")))
                .or(() -> seen(step, entry, given));
        return observation.map(what -> new Recorded(Place.of(entry.key()), what, took, given));
    }

    private static String words(YamlNode.Scalar written, String otherwise) {
        return written.text().equals("true") ? otherwise : written.text();
    }

    private Optional<Observation> seen(Step step, Keyed<ObservationDocument> entry, Set<String> given) {
        ObservationDocument document = entry.value();
        Class<? extends Record> type = step.kind().result();
        YamlNode.Mapping written = document.result()
                .orElseGet(() -> new YamlNode.Mapping(
                        List.of(), entry.key().position(), entry.key().length()));
        try {
            Optional<? extends Record> result = new Binder(PartialResult.MOMENTS, problems)
                    .bind(
                            PartialResult.complete(written, type),
                            type,
                            "the result of '" + step.id() + "' (" + step.kind().name() + ")",
                            entry.key());
            PartialResult.given(written, type, "", given);
            boolean emptyIndeed =
                    document.rest().filter(rest -> rest.text().equals("empty")).isPresent();
            if (document.rest().isPresent() && !emptyIndeed) {
                problems.add("E204", document.rest().get(), "'rest' can only be empty", "");
            }
            if (!document.noData() && !emptyIndeed) {
                noteWhatIsLeftOut(step, entry, type, given);
            }
            return result.map(record ->
                    new Observation.Seen(record, !document.noData(), artifacts(document), document.caveats()));
        } catch (EvaluationFailure e) {
            throw new IllegalStateException("nothing is evaluated while a case is read", e);
        }
    }

    /** One note for each field, whatever number of findings reads it. */
    private void noteWhatIsLeftOut(
            Step step, Keyed<ObservationDocument> entry, Class<? extends Record> type, Set<String> given) {
        Map<String, List<String>> readers = new LinkedHashMap<>();
        for (Finding finding : step.findings()) {
            for (String reference : finding.when().references()) {
                PartialResult.takenForGranted(reference, type, given)
                        .ifPresent(path -> readers.computeIfAbsent(path, key -> new ArrayList<>())
                                .add(step.id() + "." + finding.id()));
            }
        }
        readers.forEach((path, findings) -> notes.add(
                "N701",
                entry.key(),
                String.join(", ", findings) + (findings.size() == 1 ? " reads " : " read ") + path
                        + ", which the case does not give: it is taken as zero or empty",
                "give it under result:, or say rest: empty"));
    }

    private static List<Artifact> artifacts(ObservationDocument document) {
        List<Artifact> artifacts = new ArrayList<>();
        document.artifacts().forEach(file -> artifacts.add(new Artifact(file.name(), file.bytes(), file.sha256())));
        return artifacts;
    }
}
