/** The program's entry and its wiring. */
@NullMarked
package dev.whydunit.app;

import org.jspecify.annotations.NullMarked;
