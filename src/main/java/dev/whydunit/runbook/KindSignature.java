package dev.whydunit.runbook;

import java.time.Duration;
import java.util.Optional;

/**
 * What a runbook's checks need to know of a step kind: its name and the types of its parameters and of its result.
 *
 * <p>Components of both records become names in YAML and CEL by turning camelCase into snake_case. Types that a component
 * may have: boolean, int, long, double and their boxes, String, Duration, Instant, an enum (lower case in YAML), a
 * record of such, a List of such, a Map from String to such, Optional of such (absent at run time: a finding that
 * reads it is unknown), {@link dev.whydunit.expression.SqlText} (parameters), Object (dynamic; results only).
 *
 * @param name the key of a step that has this kind, such as {@code log_query}
 * @param about one sentence for authors
 * @param parameters the record that the step's parameters are bound to
 * @param result the record whose components a finding reads as bare names
 * @param timeout the time limit of a step that says none
 * @param cost what a step of this kind takes, while nothing better is known
 * @param effect what it does to the world: a step of a kind that reads may say that it writes, never the other way round
 * @param source the type of source that its parameter {@code source} names; empty when it reads none
 */
public record KindSignature(
        String name,
        String about,
        Class<? extends Record> parameters,
        Class<? extends Record> result,
        Duration timeout,
        Duration cost,
        Effect effect,
        Optional<Class<?>> source) {}
