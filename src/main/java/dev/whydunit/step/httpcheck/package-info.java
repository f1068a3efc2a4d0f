/** The step kind http_check. */
@NullMarked
package dev.whydunit.step.httpcheck;

import org.jspecify.annotations.NullMarked;
