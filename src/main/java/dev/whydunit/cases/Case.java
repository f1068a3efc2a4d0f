package dev.whydunit.cases;

import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an investigation is given and sees, and what it should come to.
 *
 * @param file that it was read from, for people
 * @param title what it is about
 * @param place of the title
 * @param now the moment that it begins at
 * @param inputs of CEL's types, complete
 * @param service the catalogue's entry for the service; may be empty
 * @param costs what steps took before
 * @param parallel steps that run at once
 * @param observations by step, then by target; where there is just one, its target is an empty text
 */
public record Case(
        String file,
        String title,
        Place place,
        Instant now,
        String environment,
        Trigger trigger,
        Map<String, Object> inputs,
        Map<String, Object> service,
        Hosts.Host host,
        Map<String, Duration> costs,
        int parallel,
        Map<String, Map<String, Recorded>> observations,
        List<Expectation> expectations) {

    /** Keeps its own copies, in the order of the file. */
    public Case {
        inputs = Map.copyOf(inputs);
        service = Map.copyOf(service);
        costs = Map.copyOf(costs);
        observations = Collections.unmodifiableMap(new LinkedHashMap<>(observations));
        expectations = List.copyOf(expectations);
    }

    /**
     * What a step sees.
     *
     * @param target the host or item; empty where there is just one
     */
    public Optional<Recorded> observation(String step, Optional<String> target) {
        Map<String, Recorded> targets = observations.getOrDefault(step, Map.of());
        // What is written without targets holds for all of them.
        return target.flatMap(name -> Optional.ofNullable(targets.get(name)))
                .or(() -> Optional.ofNullable(targets.get("")));
    }
}
