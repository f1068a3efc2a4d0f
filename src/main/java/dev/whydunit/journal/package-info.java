/** Keeps the events and the files of investigations: append-only, hash-chained, in an embedded database. */
@NullMarked
package dev.whydunit.journal;

import org.jspecify.annotations.NullMarked;
