/** Takes away what is over and older, or more, than is to be kept. */
@NullMarked
package dev.whydunit.retention;

import org.jspecify.annotations.NullMarked;
