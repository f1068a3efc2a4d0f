package dev.whydunit.engine;

import java.time.Duration;

/**
 * What bounds an investigation.
 *
 * @param parallelSteps steps that run at once
 * @param total the whole investigation; then it ends with what it knows
 * @param targets hosts or items of one step
 * @param stepTimeout the longest time limit that a step may ask for
 */
public record Limits(int parallelSteps, Duration total, int targets, Duration stepTimeout) {
    /** Four steps at once, fifteen minutes, a hundred targets, ten minutes a step. */
    public static final Limits DEFAULT = new Limits(4, Duration.ofMinutes(15), 100, Duration.ofMinutes(10));
}
