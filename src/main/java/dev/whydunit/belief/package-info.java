/** How evidence moves hypotheses, which step tells most, and when there is a verdict. Pure functions of the JDK alone. */
@NullMarked
package dev.whydunit.belief;

import org.jspecify.annotations.NullMarked;
