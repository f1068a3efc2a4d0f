package dev.whydunit.cases;

import dev.whydunit.cases.Took.Look;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.VerdictFacts;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.runbook.Input;
import dev.whydunit.runbook.InputType;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.schema.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What happened in an investigation, as a case: a replay of it comes to the same verdict.
 *
 * @param id of the investigation
 * @param runbook that was executed; for a changed one, what it does not have any more is left out
 * @param service the catalogue's entry for the service; may be empty
 * @param medianSeconds what steps took before, by their ids
 * @param parallel steps that ran at once
 */
public record Recording(
        String id,
        Runbook runbook,
        Map<String, Object> service,
        Hosts.Host host,
        Map<String, Double> medianSeconds,
        int parallel) {

    /**
     * The case's text, without secrets.
     *
     * @param events of the investigation, from the first on
     * @throws IllegalArgumentException when the first event is not the start
     */
    public String yaml(List<Event> events, SecretMask mask) {
        if (events.isEmpty() || !(events.getFirst() instanceof Event.Started started)) {
            throw new IllegalArgumentException("investigation " + id + " has no beginning");
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("case", runbook.title() + ", as recorded");
        document.put("about", "Investigation " + id);
        document.put("runbook", runbook.id());
        document.put("now", new YamlWriter.Bare(started.at().toString()));
        document.put("environment", started.environment());
        if (!started.trigger().alert().isEmpty()) {
            document.put("alert", alert(started.trigger().alert()));
        }
        put(document, "inputs", inputs(started));
        put(document, "service", service);
        document.put("host", ordered("name", host.name(), "cpus", host.cpus(), "memory", host.memory()));
        put(document, "costs", costs(events));
        document.put("parallel", parallel);
        document.put("observations", observations(events));
        verdict(events).ifPresent(verdict -> document.put("expect", expect(verdict)));
        Map<String, Object> masked = new LinkedHashMap<>();
        document.forEach((key, value) -> masked.put(key, Objects.requireNonNull(mask.data(value))));
        return YamlWriter.write(masked);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static void put(Map<String, Object> document, String key, Map<String, Object> value) {
        if (!value.isEmpty()) {
            document.put(key, value);
        }
    }

    private static Map<String, Object> alert(Map<String, Object> alert) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (String key : List.of("labels", "annotations", "status", "starts_at")) {
            Object value = alert.get(key);
            if (value != null) {
                written.put(key, key.equals("starts_at") ? new YamlWriter.Bare(value.toString()) : value);
            }
        }
        return written;
    }

    private Map<String, Object> inputs(Event.Started started) {
        Map<String, Object> written = new LinkedHashMap<>();
        // In the order of the runbook; those that it does not have any more are left for the reader to name.
        runbook.inputs().keySet().stream().filter(started.inputs()::containsKey).forEach(name -> written.put(name, ""));
        started.inputs().forEach((name, value) -> {
            Input input = runbook.inputs().get(name);
            boolean duration = input != null && input.type() == InputType.DURATION;
            written.put(
                    name,
                    duration && value instanceof Number seconds
                            ? new YamlWriter.Bare(
                                    Durations.format(Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))))
                            : value);
        });
        return written;
    }

    /** What steps were expected to take: what was measured before, and above all what the choices were made with. */
    private Map<String, Object> costs(List<Event> events) {
        Map<String, Object> costs = new TreeMap<>();
        medianSeconds.forEach((step, seconds) -> {
            if (runbook.steps().containsKey(step)) {
                costs.put(step, seconds(seconds));
            }
        });
        for (Event event : events) {
            if (event instanceof Event.StepChosen choice && runbook.steps().containsKey(choice.step())) {
                costs.put(choice.step(), seconds(choice.costSeconds()));
            }
        }
        return costs;
    }

    /** To the microsecond: between two steps that tell nearly the same, a trifle decides. */
    private static YamlWriter.Bare seconds(double seconds) {
        return new YamlWriter.Bare(BigDecimal.valueOf(seconds)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }

    private Map<String, Object> observations(List<Event> events) {
        Map<Look, Duration> took = Took.of(events);
        Map<String, Map<String, Object>> byStep = new LinkedHashMap<>();
        for (Event event : events) {
            if (event instanceof Event.StepEnded ended) {
                Step step = runbook.steps().get(ended.step());
                if (step != null) {
                    byStep.computeIfAbsent(ended.step(), key -> new LinkedHashMap<>())
                            .put(
                                    ended.target().orElse(""),
                                    observation(
                                            ended,
                                            step,
                                            Optional.ofNullable(took.get(new Look(ended.step(), ended.target())))));
                }
            }
        }
        Map<String, Object> observations = new LinkedHashMap<>();
        byStep.forEach((step, targets) -> {
            Object alone = targets.get("");
            observations.put(step, alone == null ? Map.of("targets", targets) : alone);
        });
        return observations;
    }

    private static Map<String, Object> observation(Event.StepEnded ended, Step step, Optional<Duration> took) {
        Map<String, Object> written = new LinkedHashMap<>();
        took.ifPresent(time -> written.put("took", seconds(time.toNanos() / 1e9)));
        String why = ended.error().orElse("");
        switch (ended.status()) {
            case ENDED -> {
                written.put(
                        "result",
                        new PlainResult(step.kind().source().isPresent())
                                .of(ended.result(), step.kind().result()));
                if (!ended.hasData()) {
                    written.put("no_data", true);
                }
                if (!ended.caveats().isEmpty()) {
                    written.put("caveats", ended.caveats());
                }
                if (!ended.artifacts().isEmpty()) {
                    List<Object> files = new ArrayList<>();
                    ended.artifacts()
                            .forEach(file -> files.add(
                                    ordered("name", file.name(), "bytes", file.bytes(), "sha256", file.sha256())));
                    written.put("artifacts", files);
                }
            }
            case TIMED_OUT -> written.put("timed_out", why.isBlank() ? "did not end in time" : why);
            case DENIED -> written.put("denied", why.isBlank() ? "was denied" : why);
            case FAILED, SKIPPED, NOT_NEEDED -> written.put("error", why.isBlank() ? "failed" : why);
        }
        return written;
    }

    private static Optional<VerdictFacts> verdict(List<Event> events) {
        return events.reversed().stream()
                .filter(Event.Judged.class::isInstance)
                .map(event -> ((Event.Judged) event).verdict())
                .findFirst();
    }

    private static Map<String, Object> expect(VerdictFacts verdict) {
        Map<String, Object> expect = new LinkedHashMap<>();
        expect.put("verdict", verdict.status());
        if (!verdict.path().isEmpty()) {
            String path = String.join(".", verdict.path());
            expect.put("path", path);
            double probability = Math.clamp(verdict.probability(), 0, 1);
            expect.put("probability", Map.of(path, new YamlWriter.Bare(about(probability))));
        }
        return expect;
    }

    private static String about(double probability) {
        BigDecimal shown = BigDecimal.valueOf(probability).setScale(4, RoundingMode.HALF_UP);
        return shown.compareTo(BigDecimal.ONE) >= 0 ? "0.995..1" : shown.toPlainString();
    }
}
