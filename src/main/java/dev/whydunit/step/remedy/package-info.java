/** The step kind {@code remedy}: does what puts right what was found. */
@NullMarked
package dev.whydunit.step.remedy;

import org.jspecify.annotations.NullMarked;
