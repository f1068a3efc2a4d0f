/** The step kind change_query. */
@NullMarked
package dev.whydunit.step.changequery;

import org.jspecify.annotations.NullMarked;
