/** What a runbook would find were its own model true: seeded draws, the real agenda, no step run. */
@NullMarked
package dev.whydunit.simulation;

import org.jspecify.annotations.NullMarked;
