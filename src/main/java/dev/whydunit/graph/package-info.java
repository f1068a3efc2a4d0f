/** Pictures of runbooks: which finding of which step speaks for or against which cause. */
@NullMarked
package dev.whydunit.graph;

import org.jspecify.annotations.NullMarked;
