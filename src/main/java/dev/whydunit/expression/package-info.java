/** CEL expressions, their types, text with expressions in it, and how a value enters a query, a command or a page. */
@NullMarked
package dev.whydunit.expression;

import org.jspecify.annotations.NullMarked;
