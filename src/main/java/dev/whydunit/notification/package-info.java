/**
 * Messages about investigations: what they say, where they go, and how each service wants them written. Pure functions; {@code delivery}
 * sends them.
 */
@NullMarked
package dev.whydunit.notification;

import org.jspecify.annotations.NullMarked;
