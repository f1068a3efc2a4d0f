package dev.whydunit.step.ask;

import dev.whydunit.schema.About;

/**
 * What was answered.
 *
 * @param answer one of the choices, or any text when there were none
 * @param by who answered
 */
public record AskResult(
        @About("The answer: one of the choices as the runbook writes it, or any text where there are none.")
        String answer,

        @About("Who answered.") String by) {}
