/** The step kind {@code ask}: a question to people. */
@NullMarked
package dev.whydunit.step.ask;

import org.jspecify.annotations.NullMarked;
