/** Sends messages: one attempt at a time within its limits, and the outbox of what has to be sent until it is. */
@NullMarked
package dev.whydunit.delivery;

import org.jspecify.annotations.NullMarked;
