/** The step kind {@code notify}: a message to a channel. */
@NullMarked
package dev.whydunit.step.notify;

import org.jspecify.annotations.NullMarked;
