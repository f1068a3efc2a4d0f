/** Which alerts belong together, and where their common cause most probably is. Knows no server. */
@NullMarked
package dev.whydunit.incident;

import org.jspecify.annotations.NullMarked;
