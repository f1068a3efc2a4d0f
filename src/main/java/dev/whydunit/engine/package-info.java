/** Executes a runbook: chooses steps, observes, reads findings, concludes. Knows no framework and no terminal. */
@NullMarked
package dev.whydunit.engine;

import org.jspecify.annotations.NullMarked;
