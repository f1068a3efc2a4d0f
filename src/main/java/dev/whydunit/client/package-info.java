/** A Whydunit server as its API shows it: what commands and the shell read and do there instead of in a journal of their own. */
@NullMarked
package dev.whydunit.client;

import org.jspecify.annotations.NullMarked;
