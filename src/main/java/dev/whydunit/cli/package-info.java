/** The commands: one tree, used one-shot and, later, inside the interactive shell. */
@NullMarked
package dev.whydunit.cli;

import org.jspecify.annotations.NullMarked;
