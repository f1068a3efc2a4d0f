package dev.whydunit.expression;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sink of a text component of a step kind's parameters (of each element, when it is a list or a map of texts).
 * Without it the sink is {@link Sink#PLAIN}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Into {
    /** The sink. */
    Sink value();
}
