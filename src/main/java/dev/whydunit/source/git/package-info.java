/** Git repositories: what was changed, and when. */
@NullMarked
package dev.whydunit.source.git;

import org.jspecify.annotations.NullMarked;
