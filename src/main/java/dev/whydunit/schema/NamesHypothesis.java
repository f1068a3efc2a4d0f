package dev.whydunit.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the component of a step kind's parameters, a String, that names the hypothesis which the step is a remedy for. It is checked when
 * the runbook is loaded, and the step is due only once the verdict is that hypothesis.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NamesHypothesis {}
