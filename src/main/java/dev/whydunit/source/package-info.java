/** Configured places that steps read. */
@NullMarked
package dev.whydunit.source;

import org.jspecify.annotations.NullMarked;
