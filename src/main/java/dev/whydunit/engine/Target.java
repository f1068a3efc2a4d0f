package dev.whydunit.engine;

import dev.whydunit.expression.Variables;
import java.util.Optional;

/**
 * One thing that a step looks at: a host, an item of {@code for_each}, or, without either, just the one.
 *
 * @param label for people; empty when there is just one
 * @param variables what the step's expressions see there
 */
record Target(Optional<String> label, Variables variables) {}
