/** The step kind {@code log_query}: counts, compares and samples log events. */
@NullMarked
package dev.whydunit.step.logquery;

import org.jspecify.annotations.NullMarked;
