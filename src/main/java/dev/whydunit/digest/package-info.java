/** Digests of texts and bytes. */
@NullMarked
package dev.whydunit.digest;

import org.jspecify.annotations.NullMarked;
