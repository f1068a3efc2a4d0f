/** The runbook: its records, parser and checks. */
@NullMarked
package dev.whydunit.runbook;

import org.jspecify.annotations.NullMarked;
