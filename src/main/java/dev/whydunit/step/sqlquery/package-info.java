/** The step kind sql_query. */
@NullMarked
package dev.whydunit.step.sqlquery;

import org.jspecify.annotations.NullMarked;
