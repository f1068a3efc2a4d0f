/** Decodes captures and counts what is wrong in them. Knows the JDK alone. */
@NullMarked
package dev.whydunit.packet;

import org.jspecify.annotations.NullMarked;
