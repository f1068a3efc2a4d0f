/** Takes secrets out of what is kept and shown. */
@NullMarked
package dev.whydunit.masking;

import org.jspecify.annotations.NullMarked;
