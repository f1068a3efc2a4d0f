/** Runs a command of this machine: bounded in time and output, ended with everything that it started. */
@NullMarked
package dev.whydunit.step.hostcommand;

import org.jspecify.annotations.NullMarked;
