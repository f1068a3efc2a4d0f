/** The step kind {@code metric_check}: a PromQL query over a window, what it was before, and since when it is not. */
@NullMarked
package dev.whydunit.step.metriccheck;

import org.jspecify.annotations.NullMarked;
