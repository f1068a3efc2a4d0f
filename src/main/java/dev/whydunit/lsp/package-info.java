/** What an editor asks while a runbook is written, answered over the Language Server Protocol. */
@NullMarked
package dev.whydunit.lsp;

import org.jspecify.annotations.NullMarked;
