/** The rules of {@code runbook lint}: what each looks for, and what it has to say. */
@NullMarked
package dev.whydunit.authoring.rules;

import org.jspecify.annotations.NullMarked;
