/** One file that holds a whole state: the rows of every table in a form that is no database's own, and the artifacts. */
@NullMarked
package dev.whydunit.backup;

import org.jspecify.annotations.NullMarked;
