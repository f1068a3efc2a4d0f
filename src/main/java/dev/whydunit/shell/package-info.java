/**
 * The interactive shell: the one tree of commands behind a prompt, investigations that run while the engineer types, and the
 * full-screen view of them. JLine reads and draws, Spring Shell turns lines into commands.
 */
@NullMarked
package dev.whydunit.shell;

import org.jspecify.annotations.NullMarked;
