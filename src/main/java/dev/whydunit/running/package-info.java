/** What it takes to run runbooks under a configuration, at a prompt and in a server alike. */
@NullMarked
package dev.whydunit.running;

import org.jspecify.annotations.NullMarked;
